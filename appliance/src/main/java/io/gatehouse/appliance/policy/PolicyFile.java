package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.appliance.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One file as it was read, before the files are put together.
 *
 * @param tags by name
 * @param masks by name
 * @param detectors by name
 * @param rules in file order
 */
record PolicyFile(
    Map<String, Tag> tags,
    Map<String, Mask> masks,
    Map<String, Searcher> detectors,
    List<RuleDraft> rules) {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  static final String NAME_WORDS = "must be 1 to 64 letters, digits, dots, dashes, underscores";

  /** Keeps the search for rules that are never reached, which compares all with all, short. */
  static final int MOST_RULES = 5_000;

  PolicyFile {
    tags = Map.copyOf(tags);
    masks = Map.copyOf(masks);
    detectors = Map.copyOf(detectors);
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

  /** A detector, and where it is defined. */
  record Searcher(Rule.Place place, Detectors.Defined definition) {}

  static PolicyFile read(PolicySource source, ConditionCompiler conditions)
      throws InvalidFileException {
    String file = source.file().toString();
    return YamlFile.parse(
        source.file(),
        source.content(),
        root ->
            new PolicyFile(
                named(root, "tags", file, PolicyFile::tagged, Tag::new),
                named(root, "masks", file, PolicyFile::mask, Mask::new),
                named(root, "detectors", file, DetectorReader::read, Searcher::new),
                root.find("rules", item -> rules(item, new RuleReader(file, conditions)))
                    .orElse(List.of())));
  }

  /** What a key of the file defines, by the names that its author gave. */
  private static <D, N> Map<String, N> named(
      Section root,
      String key,
      String file,
      Function<Section, D> reader,
      BiFunction<Rule.Place, D, N> made) {
    Map<String, N> all = new LinkedHashMap<>();
    root.find(key)
        .ifPresent(
            items ->
                items.section(
                    section -> {
                      section
                          .entries()
                          .forEach(
                              (name, item) -> all.put(name, one(name, item, file, reader, made)));
                      return all;
                    }));
    return all;
  }

  private static <D, N> N one(
      String name,
      Item item,
      String file,
      Function<Section, D> reader,
      BiFunction<Rule.Place, D, N> made) {
    if (!NAME.matcher(name).matches()) {
      item.problem(NAME_WORDS);
    }
    return made.apply(new Rule.Place(file, item.line(), item.path()), item.section(reader));
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
