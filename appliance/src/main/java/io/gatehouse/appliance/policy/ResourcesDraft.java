package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The things of a rule while its tags are still names.
 *
 * @param named what the rule names itself
 * @param tags the tags of which one must be carried
 * @param exceptTags the tags of which none may be
 */
record ResourcesDraft(Resources named, List<TagName> tags, List<TagName> exceptTags) {
  static final ResourcesDraft EVERYTHING =
      new ResourcesDraft(Resources.EVERYTHING, List.of(), List.of());

  ResourcesDraft {
    tags = List.copyOf(tags);
    exceptTags = List.copyOf(exceptTags);
  }

  /** A tag, and where it is used. */
  record TagName(String name, Rule.Place place) {}

  static ResourcesDraft read(Item item, String file) {
    return item.section(section -> read(section, file));
  }

  private static ResourcesDraft read(Section section, String file) {
    if (section.empty()) {
      section.problem("names nothing; leave the key out for everything");
    }
    return new ResourcesDraft(
        new Resources(selectors(section, ""), selectors(section, "except-")),
        tags(section, "tags", file),
        tags(section, "except-tags", file));
  }

  private static List<Selector> selectors(Section section, String prefix) {
    List<Selector> selectors = new ArrayList<>(SelectorReader.read(section, prefix));
    selectors.addAll(SelectorReader.kinds(section, prefix + "kinds"));
    return selectors;
  }

  private static List<TagName> tags(Section section, String key, String file) {
    return section.find(key, Lists::of).orElse(List.of()).stream()
        .map(item -> new TagName(item.text(), new Rule.Place(file, item.line(), item.path())))
        .toList();
  }

  Resources resolve(Function<TagName, List<Selector>> selectors) {
    return new Resources(
        join(named.selected(), tags, selectors), join(named.excepted(), exceptTags, selectors));
  }

  private static List<Selector> join(
      List<Selector> named, List<TagName> tags, Function<TagName, List<Selector>> selectors) {
    List<Selector> all = new ArrayList<>(named);
    tags.forEach(tag -> all.add(new Selector.ByTag(tag.name(), selectors.apply(tag))));
    return all;
  }
}
