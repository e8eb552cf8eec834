package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.appliance.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One file as it was read, before the files are put together.
 *
 * @param tags by name
 * @param masks by name
 * @param rules in file order
 */
record PolicyFile(Map<String, Tag> tags, Map<String, Mask> masks, List<RuleDraft> rules) {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  static final String NAME_WORDS = "must be 1 to 64 letters, digits, dots, dashes, underscores";

  /** Keeps the search for rules that are never reached, which compares all with all, short. */
  static final int MOST_RULES = 5_000;

  PolicyFile {
    tags = Map.copyOf(tags);
    masks = Map.copyOf(masks);
    rules = List.copyOf(rules);
  }

  /** What carries a name that rules use. */
  record Tag(Rule.Place place, List<Selector> selectors) {
    Tag {
      selectors = List.copyOf(selectors);
    }
  }

  /** A mask, and where it is defined. */
  record Mask(Rule.Place place, Masks.Definition definition) {}

  static PolicyFile read(PolicySource source, ConditionCompiler conditions)
      throws InvalidFileException {
    String file = source.file().toString();
    return YamlFile.parse(
        source.file(),
        source.content(),
        root ->
            new PolicyFile(
                root.find("tags", item -> item.section(section -> tags(section, file)))
                    .orElse(Map.of()),
                root.find("masks", item -> item.section(section -> masks(section, file)))
                    .orElse(Map.of()),
                root.find("rules", item -> rules(item, new RuleReader(file, conditions)))
                    .orElse(List.of())));
  }

  private static Map<String, Tag> tags(Section section, String file) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    section
        .entries()
        .forEach(
            (name, item) -> {
              if (!NAME.matcher(name).matches()) {
                item.problem(NAME_WORDS);
              }
              Rule.Place place = new Rule.Place(file, item.line(), item.path());
              tags.put(name, new Tag(place, item.section(PolicyFile::tagged)));
            });
    return tags;
  }

  private static Map<String, Mask> masks(Section section, String file) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    section
        .entries()
        .forEach(
            (name, item) -> {
              if (!NAME.matcher(name).matches()) {
                item.problem(NAME_WORDS);
              }
              Rule.Place place = new Rule.Place(file, item.line(), item.path());
              masks.put(name, new Mask(place, item.section(PolicyFile::mask)));
            });
    return masks;
  }

  private static Masks.Definition mask(Section section) {
    String kind = section.require("kind").text();
    Map<String, String> parameters = new LinkedHashMap<>();
    section.entries().forEach((key, item) -> parameters.put(key, item.plain()));
    parameters.remove("kind");
    return new Masks.Definition(kind, parameters);
  }

  private static List<Selector> tagged(Section section) {
    if (section.empty()) {
      section.problem("names nothing");
    }
    return SelectorReader.read(section, "");
  }

  private static List<RuleDraft> rules(Item list, RuleReader reader) {
    List<RuleDraft> rules = new ArrayList<>();
    for (Item item : Lists.of(list)) {
      rules.add(item.section(section -> reader.read(section, item)));
    }
    if (rules.size() > MOST_RULES) {
      list.problem("has " + rules.size() + " rules; at most " + MOST_RULES);
    }
    return rules;
  }
}
