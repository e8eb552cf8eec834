package io.gatehouse.appliance.policy;

import static io.gatehouse.appliance.policy.Policies.USUAL;
import static io.gatehouse.appliance.policy.Policies.policy;
import static io.gatehouse.appliance.policy.Policies.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that can never have an effect are problems; rules that can are not. */
final class UnreachableTest {

  private static String two(String first, String second) {
    return "rules:\n  - {name: a, " + first + "}\n  - {name: b, " + second + "}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "verdict: deny | verdict: deny",
        "verdict: deny | verdict: deny, when: database == 'x'",
        "verdict: hold, targets: ['prod-*'] | verdict: hold, targets: [prod-1]",
        "verdict: deny, callers: {groups: [x, y]} | verdict: deny, callers: {groups: [x]}",
        "verdict: deny, operations: [write, delete] | verdict: deny, operations: [delete]",
        "verdict: deny, resources: {schemas: [hr]} | verdict: deny, resources: {columns: [hr.t.c]}",
        "verdict: deny, resources: {kinds: [setting]} | verdict: deny, resources: {settings: [x]}",
        "verdict: deny, traits: {any: [locks, files]} | verdict: deny, traits: {any: [files]}",
        "verdict: allow, resources: {tables: ['hr.*']} | verdict: allow, resources: {tables:"
            + " [hr.t]}",
        "verdict: allow, limits: {rows: 5} | verdict: allow, operations: [read]",
        "verdict: mask | verdict: mask, resources: {tools: [t]}, fields: [a]",
        "verdict: mask, resources: {columns: ['*.*.ssn']} | verdict: mask, resources: {columns:"
            + " [hr.t.ssn]}",
      })
  void ruleBehindOneThatCoversIt_isAProblem(String first, String second) {
    assertThat(problems(two(first, second)))
        .containsExactly(
            "policy.yaml:3: rules[1]: is never reached: the rule \"a\" (policy.yaml:2) matches"
                + " whatever it matches and comes first");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "verdict: deny | verdict: allow, limits: {rows: 1}",
        "verdict: deny, resources: {schemas: [hr]} | verdict: mask, resources: {tables: [hr.t]}",
        "verdict: deny, operations: [define] | verdict: hold, operations: [define], targets: [x]",
        "verdict: deny, operations: [define] | verdict: allow, operations: [define], bodies:"
            + " unread",
      })
  void ruleThatADenyCovers_isAProblem_inEitherOrder(String deny, String other) {
    assertThat(problems(two(deny, other)))
        .containsExactly(
            "policy.yaml:3: rules[1]: is never reached: the rule \"a\" (policy.yaml:2) denies"
                + " whatever it matches");
    assertThat(problems(two(other, deny)))
        .containsExactly(
            "policy.yaml:2: rules[0]: is never reached: the rule \"b\" (policy.yaml:3) denies"
                + " whatever it matches");
  }

  @Test
  void ruleWhoseThingsAreAllExcepted_isAProblem() {
    assertThat(
            problems(
                two(
                    "verdict: deny, databases: [q]",
                    "verdict: allow, resources: {tables: [hr.t], except-schemas: [hr]}")))
        .containsExactly(
            "policy.yaml:3: rules[1]: is never reached: everything it names is excepted again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "verdict: deny, when: database == 'x' | verdict: deny",
        "verdict: deny, resources: {tables: [hr.t]} | verdict: deny, resources: {schemas: [hr]}",
        "verdict: deny, resources: {kinds: [table]} | verdict: deny, resources: {tables: [hr.t]}",
        "verdict: deny, resources: {schemas: [hr], except-tables: [hr.t]} | verdict: deny,"
            + " resources: {schemas: [hr]}",
        "verdict: deny, callers: {groups: [x]} | verdict: deny, callers: {groups: [x], subjects:"
            + " [bob]}",
        "verdict: deny, callers: {actors: ['*']} | verdict: deny",
        "verdict: allow | verdict: allow, operations: [read], limits: {rows: 1}",
        "verdict: allow | verdict: allow, operations: [define], bodies: unread",
        "verdict: allow | verdict: mask, resources: {columns: [hr.t.c]}",
        "verdict: hold | verdict: allow",
        "verdict: deny, operations: [read] | verdict: allow",
        "verdict: deny, traits: {none: [locks]} | verdict: deny",
      })
  void ruleThatCanHaveAnEffect_isNone(String first, String second) throws Exception {
    assertThat(policy(two(first, second)).ruleCount()).isEqualTo(2);
  }

  /** Whatever is called unreachable is taken out, and nothing changes. */
  @Test
  void ruleCalledUnreachable_neverChangesAVerdict() throws Exception {
    long seed = System.nanoTime();
    RandomRules world = new RandomRules(new Random(seed));
    int found = 0;
    for (int i = 0; i < 400; i++) {
      List<Rule> rules = resolved(world.policy(8));
      Map<Rule, String> unreachable = Unreachable.among(rules);
      for (Rule rule : unreachable.keySet()) {
        if (rule.matcher().resources().nothing()) {
          continue; // names that lack parts may match it, which is no reason to write it
        }
        found++;
        List<Rule> without = new ArrayList<>(rules);
        without.remove(rule);
        for (int j = 0; j < 60; j++) {
          Facts facts = world.facts();
          for (Circumstances now : circumstances()) {
            assertThat(Planner.plan(without, facts).decide(now))
                .as("seed %d: %s for %s, without %s", seed, rules, facts, rule)
                .isEqualTo(Planner.plan(rules, facts).decide(now));
          }
        }
      }
    }
    assertThat(found).as("seed " + seed).isGreaterThan(100);
  }

  @Test
  void explanation_saysWhatThePlanSays_ofAnyPolicyAndCommand() throws Exception {
    long seed = System.nanoTime();
    RandomRules world = new RandomRules(new Random(seed));
    for (int i = 0; i < 300; i++) {
      List<Rule> rules = resolved(world.policy(6));
      for (int j = 0; j < 20; j++) {
        Facts facts = world.facts();
        for (Circumstances now : circumstances()) {
          Verdict verdict = Planner.plan(rules, facts).decide(now);
          Explanation explanation = new Explainer(facts, now).explain(rules);
          String what = "seed %d: %s for %s".formatted(seed, rules, facts);
          assertThat(explanation.verdict()).as(what).isEqualTo(verdict);
          assertThat(expected(explanation)).as(what).isEqualTo(expected(verdict));
        }
      }
    }
  }

  /** The kind and the rule that the findings alone lead to, as the paragraph has it. */
  private static String expected(Explanation explanation) {
    for (RuleKind kind : List.of(RuleKind.DENY, RuleKind.HOLD)) {
      for (Explanation.RuleFinding finding : explanation.rules()) {
        if (finding.kind() == kind && finding.matched()) {
          return kind + " " + finding.rule();
        }
      }
    }
    if (explanation.verdict() instanceof Verdict.Deny) {
      return "DENY default-deny";
    }
    RuleKind wanted =
        explanation.rules().stream()
            .filter(Explanation.RuleFinding::matched)
            .filter(
                finding -> finding.kind() != RuleKind.LIMIT && finding.kind() != RuleKind.DETECT)
            .map(Explanation.RuleFinding::kind)
            .min(java.util.Comparator.naturalOrder())
            .orElseThrow();
    return wanted
        + " "
        + explanation.rules().stream()
            .filter(finding -> finding.kind() == wanted && finding.matched())
            .findFirst()
            .orElseThrow()
            .rule();
  }

  private static String expected(Verdict verdict) {
    return Example.kind(verdict) + " " + verdict.rule();
  }

  private static List<Circumstances> circumstances() {
    return List.of(
        USUAL,
        new Circumstances(Instant.parse("2026-01-07T03:00:00Z"), USUAL.source(), BindValues.NONE),
        new Circumstances(
            USUAL.now(),
            USUAL.source(),
            new ExampleBinds(List.of(new io.gatehouse.plugin.Value.Int(1)))));
  }

  /** Without the refusal that the loader ends with. */
  private static List<Rule> resolved(String yaml) throws Exception {
    PolicyFile file = PolicyFile.read(Policies.source("random.yaml", yaml), CONDITIONS);
    return file.rules().stream()
        .map(
            draft ->
                draft.resolve(
                    tag ->
                        java.util.Objects.requireNonNull(file.tags().get(tag.name())).selectors()))
        .toList();
  }

  private static final ConditionCompiler CONDITIONS = new ConditionCompiler();
}
