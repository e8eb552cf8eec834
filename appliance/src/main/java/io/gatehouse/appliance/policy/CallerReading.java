package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.ProofMethod;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the rules of a policy read of a caller. Two callers that differ only in the rest get the
 * same plans. Immutable.
 *
 * @param whole what conditions read, and so counts as it is
 * @param proof whether a rule tells proofs apart
 * @param kind whether a rule tells kinds apart
 * @param nobody a subject that no rule names; empty if none was found
 */
record CallerReading(
    Set<Variable> whole,
    List<Names> groups,
    List<Names> subjects,
    List<Names> actors,
    boolean proof,
    boolean kind,
    Optional<String> nobody) {

  /** In the place of a proof that nobody reads. */
  private static final ProofMethod ANY_PROOF = ProofMethod.LOCAL_PASSWORD;

  private static final CallerKind ANY_KIND = CallerKind.PERSON;

  /** A pattern may match one of these, hardly all that does not match everything. */
  private static final List<String> NOBODIES = List.of("nobody", "-", "(0)", "~~");

  CallerReading {
    whole = Set.copyOf(whole);
    groups = List.copyOf(groups);
    subjects = List.copyOf(subjects);
    actors = List.copyOf(actors);
  }

  static CallerReading of(List<Rule> rules) {
    Set<Variable> whole = EnumSet.noneOf(Variable.class);
    rules.forEach(rule -> rule.when().ifPresent(condition -> whole.addAll(condition.variables())));
    List<Names> subjects = names(rules, Callers::subjects);
    return new CallerReading(
        whole,
        names(rules, Callers::groups),
        subjects,
        names(rules, Callers::actors),
        rules.stream().anyMatch(rule -> !rule.matcher().callers().proofs().isEmpty()),
        rules.stream().anyMatch(rule -> !rule.matcher().callers().kinds().isEmpty()),
        NOBODIES.stream().filter(name -> !named(subjects, name)).findFirst());
  }

  private static List<Names> names(List<Rule> rules, Function<Callers, Optional<Names>> key) {
    return rules.stream()
        .map(rule -> key.apply(rule.matcher().callers()))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static boolean named(List<Names> names, String name) {
    return names.stream().anyMatch(some -> some.matches(name));
  }

  /** The same for all callers whom the rules cannot tell apart; says nothing else of any. */
  Caller relevant(Caller caller) {
    return new Caller(
        subject(caller.subject()),
        groups(caller.groups()),
        proof || whole.contains(Variable.CALLER_PROOF) ? caller.method() : ANY_PROOF,
        caller
            .actor()
            .filter(actor -> whole.contains(Variable.CALLER_ACTOR) || named(actors, actor)),
        kind || whole.contains(Variable.CALLER_KIND) ? caller.kind() : ANY_KIND);
  }

  private String subject(String subject) {
    return whole.contains(Variable.CALLER_SUBJECT) || named(subjects, subject)
        ? subject
        : nobody.orElse(subject);
  }

  private Set<String> groups(Set<String> all) {
    if (whole.contains(Variable.CALLER_GROUPS)) {
      return all;
    }
    Set<String> read = new HashSet<>(all);
    read.removeIf(group -> !named(groups, group));
    return read;
  }

  /** What a condition reads that says {@code caller} in a way that is not understood. */
  static Stream<Variable> everything() {
    return Stream.of(
        Variable.CALLER_SUBJECT,
        Variable.CALLER_GROUPS,
        Variable.CALLER_PROOF,
        Variable.CALLER_ACTOR,
        Variable.CALLER_KIND);
  }
}
