package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.policy.RuleDraft.Ending;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Trait;
import io.gatehouse.plugin.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rules of one file. */
final class RuleReader {
  /** What is not understood is denied, whatever the rules say; so none can speak of it. */
  static final Map<String, Operation> OPERATIONS =
      Words.choices(Operation.values(), operation -> operation != Operation.UNKNOWN);

  static final Map<String, Trait> TRAITS = Words.choices(Trait.values(), _ -> true);
  static final Map<String, CallerKind> KINDS = Words.choices(CallerKind.values(), _ -> true);

  /** No session is opened by SAML, so a rule that speaks of it would never match. */
  static final Map<String, ProofMethod> PROOFS =
      Words.choices(ProofMethod.values(), proof -> proof != ProofMethod.SAML);

  static final Map<String, RuleKind> VERDICTS = Words.choices(RuleKind.values(), _ -> true);

  private static final Map<String, Verdict.Strength> STRENGTHS =
      Words.choices(Verdict.Strength.values(), _ -> true);

  private static final Map<String, Verdict.OnFinding> FOUND =
      Words.choices(Verdict.OnFinding.values(), _ -> true);

  private static final Map<String, Boolean> BODIES = Map.of("unread", true);

  private static final Map<String, Boolean> RESULTS = Map.of("leave-out", false);

  /** What comes back from these can be masked or searched. */
  private static final Set<Operation> MASKABLE =
      Set.of(Operation.READ, Operation.INFER, Operation.CALL);

  private static final List<String> NOT_OF_OMIT =
      List.of("callers", "operations", "traits", "when");

  private static final int LONGEST_MESSAGE = 500;

  private final String file;
  private final ConditionCompiler conditions;

  RuleReader(String file, ConditionCompiler conditions) {
    this.file = file;
    this.conditions = conditions;
  }

  RuleDraft read(Section rule, Item item) {
    RuleKind kind = rule.require("verdict").oneOf(VERDICTS);
    if (kind == RuleKind.OMIT) {
      unconditional(rule);
    }
    ResourcesDraft resources =
        rule.find("resources", found -> ResourcesDraft.read(found, file))
            .orElse(ResourcesDraft.EVERYTHING);
    return new RuleDraft(
        name(rule.require("name")),
        kind,
        new Rule.Place(file, item.line(), item.path()),
        matcher(rule, kind, resources.named()),
        resources,
        rule.find("when").flatMap(this::condition),
        new Ending(
            message(rule, kind),
            limits(rule, kind),
            treatment(rule, kind, resources),
            record(rule, kind)));
  }

  /** What is not kept of a command is not a question of who gave it, and how. */
  private static void unconditional(Section rule) {
    for (String key : NOT_OF_OMIT) {
      rule.find(key)
          .ifPresent(item -> item.problem("is not for an omit, which is for everybody and always"));
    }
    rule.require("resources");
  }

  private static String name(Item item) {
    String name = item.text();
    if (name.equals(Verdicts.NOT_UNDERSTOOD) || name.equals(Verdicts.DEFAULT_DENY)) {
      item.problem("is the name of a rule that is built in");
    } else if (!name.isEmpty() && !PolicyFile.NAME.matcher(name).matches()) {
      item.problem(PolicyFile.NAME_WORDS);
    }
    return name;
  }

  private static Rule.Matcher matcher(Section rule, RuleKind kind, Resources resources) {
    Rule.Matcher matcher =
        new Rule.Matcher(
            rule.find("callers", item -> item.section(RuleReader::callers))
                .orElse(Callers.EVERYBODY),
            Lists.names(rule, "targets"),
            Lists.names(rule, "databases"),
            operations(rule, kind),
            resources,
            rule.find("traits", RuleReader::traits).orElse(Traits.WHATEVER),
            rule.find("bodies", item -> item.oneOf(BODIES)).orElse(false));
    if (matcher.unreadBodies() && !kind.opens()) {
      rule.problem("bodies is for rules that allow or mask; " + kind.article() + " opens nothing");
    }
    return matcher;
  }

  private static Callers callers(Section section) {
    if (section.empty()) {
      section.problem("names nobody; leave the key out for everybody");
    }
    return new Callers(
        Lists.names(section, "groups"),
        Lists.names(section, "subjects"),
        Lists.constants(section, "proofs", ProofMethod.class, PROOFS),
        Lists.names(section, "actors"),
        Lists.constants(section, "kinds", CallerKind.class, KINDS));
  }

  private static Set<Operation> operations(Section rule, RuleKind kind) {
    Set<Operation> operations = Lists.constants(rule, "operations", Operation.class, OPERATIONS);
    if (!kind.looksAtResults()) {
      return operations;
    }
    if (!MASKABLE.containsAll(operations)) {
      rule.find("operations")
          .ifPresent(
              item -> item.problem(kind.article() + " can only be put on: read, infer, call"));
    }
    return operations.isEmpty() ? MASKABLE : operations;
  }

  private static Traits traits(Item item) {
    return item.section(
        section -> {
          Traits traits =
              new Traits(
                  Lists.constants(section, "any", Trait.class, TRAITS),
                  Lists.constants(section, "all", Trait.class, TRAITS),
                  Lists.constants(section, "none", Trait.class, TRAITS));
          if (section.empty()) {
            section.problem("names no trait");
          } else if (traits.impossible()) {
            section.problem("no command can have these traits, so the rule is never reached");
          }
          return traits;
        });
  }

  private Optional<Condition> condition(Item item) {
    String text = item.text();
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(conditions.compile(text));
    } catch (ConditionCompiler.UnusableException e) {
      e.problems().forEach(item::problem);
      return Optional.empty();
    }
  }

  private static String message(Section rule, RuleKind kind) {
    return rule.find("message", item -> message(item, kind)).orElse("");
  }

  private static String message(Item item, RuleKind kind) {
    if (!kind.refuses()) {
      item.problem("is for rules that deny or hold; nobody is told of " + kind.article());
    }
    String text = Lists.name(item);
    if (text.length() > LONGEST_MESSAGE) {
      item.problem("must be at most " + LONGEST_MESSAGE + " characters");
    }
    return text;
  }

  private static Rule.Treatment treatment(Section rule, RuleKind kind, ResourcesDraft resources) {
    Optional<String> mask = rule.find("mask", Lists::name);
    Optional<Verdict.Strength> strength = rule.find("strength", item -> item.oneOf(STRENGTHS));
    if (kind != RuleKind.MASK && (mask.isPresent() || strength.isPresent())) {
      rule.problem("mask and strength are for rules that mask");
    }
    return new Rule.Treatment(
        mask.orElse(Rule.Treatment.DEFAULT.mask()),
        strength.orElse(Rule.Treatment.DEFAULT.strength()),
        search(rule, kind),
        FieldsReader.read(rule, kind, resources));
  }

  private static Optional<Rule.Search> search(Section rule, RuleKind kind) {
    Optional<Verdict.OnFinding> found = rule.find("found", item -> item.oneOf(FOUND));
    if (kind == RuleKind.DETECT) {
      return Optional.of(
          new Rule.Search(
              Lists.name(rule.require("detector")),
              found.orElse(Verdict.OnFinding.MASK),
              FieldsReader.passes(rule, "binary")));
    }
    if (found.isPresent() || rule.find("detector").isPresent()) {
      rule.problem("detector and found are for rules that detect");
    }
    return Optional.empty();
  }

  private static RecordTerms record(Section rule, RuleKind kind) {
    return rule.find("record", item -> item.section(section -> terms(section, kind)))
        .orElse(RecordTerms.DEFAULT);
  }

  private static RecordTerms terms(Section section, RuleKind kind) {
    if (section.empty()) {
      section.problem("says nothing; leave the key out");
    }
    if (!kind.decides()) {
      section.problem("is for rules that give a verdict; " + kind.article() + " decides nothing");
    }
    Optional<Item> results = section.find("results");
    if (!kind.opens()) {
      results.ifPresent(item -> item.problem("is for rules that allow or mask: others have none"));
    }
    return new RecordTerms(
        results.map(item -> item.oneOf(RESULTS)).orElse(true),
        section.find("retention", Lists::name).orElse(""));
  }

  private static Verdict.Bounds limits(Section rule, RuleKind kind) {
    Optional<Item> limits =
        kind == RuleKind.LIMIT ? Optional.of(rule.require("limits")) : rule.find("limits");
    if (!kind.bounds()) {
      limits.ifPresent(
          item ->
              item.problem(
                  "is for rules that allow, mask or limit; " + kind.article() + " bounds nothing"));
    }
    return limits.map(item -> item.section(LimitsReader::read)).orElse(Verdict.Bounds.NONE);
  }
}
