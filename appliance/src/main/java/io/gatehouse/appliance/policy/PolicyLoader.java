package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.policy.ResourcesDraft.TagName;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Puts the files of a policy together, and finds what no file can know alone. */
final class PolicyLoader {
  private final Map<String, PolicyFile.Tag> tags = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private final Map<String, PolicyFile.Mask> masks = new HashMap<>();

  private final Map<String, PolicyFile.Searcher> detectors = new HashMap<>();

  private final MaskCheck kinds;

  private PolicyLoader(MaskCheck kinds) {
    this.kinds = kinds;
  }

  /** A whole policy. */
  record Loaded(List<Rule> rules, Masks masks, Detectors detectors) {}

  static Loaded load(List<PolicySource> sources, MaskCheck kinds) throws InvalidFileException {
    ConditionCompiler conditions = new ConditionCompiler();
    List<Problem> problems = new ArrayList<>();
    List<PolicyFile> files = new ArrayList<>();
    for (PolicySource source : sources) {
      try {
        files.add(PolicyFile.read(source, conditions));
      } catch (InvalidFileException e) {
        problems.addAll(e.problems());
      }
    }
    throwIfAny(problems);
    return new PolicyLoader(kinds).join(files);
  }

  private static void throwIfAny(List<Problem> problems) throws InvalidFileException {
    if (!problems.isEmpty()) {
      throw new InvalidFileException(problems);
    }
  }

  private Loaded join(List<PolicyFile> files) throws InvalidFileException {
    files.forEach(file -> file.tags().forEach(this::define));
    files.forEach(file -> file.masks().forEach(this::define));
    files.forEach(file -> file.detectors().forEach(this::define));
    Masks all = masks();
    Detectors searching = detectors();
    List<Rule> rules = new ArrayList<>();
    Map<String, Rule.Place> names = new HashMap<>();
    for (PolicyFile file : files) {
      for (RuleDraft draft : file.rules()) {
        Rule.Place first = names.putIfAbsent(draft.name(), draft.place());
        if (first != null) {
          problem(
              draft.place(), ".name", "\"" + draft.name() + "\" is the name of a rule at " + first);
        }
        rules.add(draft.resolve(this::tagged));
        if (all.named(draft.ending().treatment().mask()).isEmpty()) {
          problem(draft.place(), ".mask", "there is no such mask; masks: " + words(all.names()));
        }
        searched(draft, searching);
        recorded(draft);
      }
    }
    throwIfAny(problems);
    Unreachable.among(rules)
        .forEach((rule, why) -> problem(rule.place(), "", "is never reached: " + why));
    throwIfAny(problems);
    return new Loaded(List.copyOf(rules), all, searching);
  }

  private void searched(RuleDraft draft, Detectors known) {
    draft
        .ending()
        .treatment()
        .search()
        .filter(search -> known.named(search.detector()).isEmpty())
        .ifPresent(
            _ ->
                problem(
                    draft.place(),
                    ".detector",
                    "there is no such detector; detectors: "
                        + (known.names().isEmpty() ? "none" : words(known.names()))));
  }

  private void recorded(RuleDraft draft) {
    String retention = draft.ending().record().retention();
    if (!retention.isEmpty()) {
      kinds
          .retentionProblem(retention)
          .ifPresent(why -> problem(draft.place(), ".record.retention", why));
    }
  }

  private Detectors detectors() {
    Map<String, Detectors.Defined> definitions = new HashMap<>();
    detectors.forEach((name, one) -> definitions.put(name, one.definition()));
    return new Detectors(definitions);
  }

  private Masks masks() {
    Map<String, Masks.Definition> definitions = new HashMap<>();
    masks.forEach((name, mask) -> definitions.put(name, mask.definition()));
    return new Masks(definitions);
  }

  private static String words(Collection<String> names) {
    return String.join(", ", names);
  }

  private void define(String name, PolicyFile.Mask mask) {
    PolicyFile.Mask first = masks.putIfAbsent(name, mask);
    if (first != null) {
      problem(mask.place(), "", "is defined at " + first.place() + " already");
    }
    kinds
        .problem(mask.definition())
        .ifPresent(why -> problem(mask.place(), "", "cannot be made: " + why));
  }

  private void define(String name, PolicyFile.Searcher detector) {
    PolicyFile.Searcher first = detectors.putIfAbsent(name, detector);
    if (first != null) {
      problem(detector.place(), "", "is defined at " + first.place() + " already");
    }
  }

  private void define(String name, PolicyFile.Tag tag) {
    PolicyFile.Tag first = tags.putIfAbsent(name, tag);
    if (first != null) {
      problem(tag.place(), "", "is defined at " + first.place() + " already");
    }
  }

  private List<Selector> tagged(TagName tag) {
    Optional<PolicyFile.Tag> found = Optional.ofNullable(tags.get(tag.name()));
    if (found.isEmpty()) {
      String known = String.join(", ", new TreeSet<>(tags.keySet()));
      problem(
          tag.place(),
          "",
          "there is no tag \"" + tag.name() + "\"; tags: " + (known.isEmpty() ? "none" : known));
    }
    return found.map(PolicyFile.Tag::selectors).orElse(List.of());
  }

  private void problem(Rule.Place place, String key, String message) {
    problems.add(new Problem(place.file(), place.line(), place.path() + key, message));
  }
}
