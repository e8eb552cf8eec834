package io.gatehouse.appliance.policy;

import static io.gatehouse.appliance.policy.Policies.ORDERS;
import static io.gatehouse.appliance.policy.Policies.USUAL;
import static io.gatehouse.appliance.policy.Policies.command;
import static io.gatehouse.appliance.policy.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers whom a policy cannot tell apart are one, and all others are not. */
final class CallerReadingTest {
  private static final int POLICIES = Boolean.getBoolean("gatehouse.long") ? 20_000 : 1_000;

  private static final Caller ANN =
      new Caller("ann", Set.of("staff", "dba"), ProofMethod.TOKEN, Optional.of("bot"));
  private static final Caller BOB =
      new Caller("bob", Set.of("guests"), ProofMethod.CERTIFICATE, Optional.empty());

  private static Policy about(String callers) throws InvalidFileException {
    return policy("rules: [{name: a, verdict: allow, callers: " + callers + "}]");
  }

  private static Policy when(String condition) throws InvalidFileException {
    return policy("rules: [{name: a, verdict: allow, when: \"" + condition + "\"}]");
  }

  /** What of ann is read, in this order: subject, groups, proof, actor. */
  private static Set<String> read(Policy policy) {
    Caller relevant = policy.relevant(ANN);
    Caller other = policy.relevant(BOB);
    Set<String> read = new HashSet<>();
    if (relevant.subject().equals("ann")) {
      read.add("subject");
    }
    relevant.groups().forEach(group -> read.add("group " + group));
    if (relevant.method() != other.method()) {
      read.add("proof");
    }
    relevant.actor().ifPresent(actor -> read.add("actor " + actor));
    return read;
  }

  @Test
  void kind_isReadWhereARuleOrAConditionTellsIt() throws Exception {
    Caller agent =
        new Caller("ann", Set.of(), ProofMethod.TOKEN, Optional.empty(), CallerKind.AGENT);
    Caller person = new Caller("ann", Set.of(), ProofMethod.TOKEN, Optional.empty());
    Policy byRule = about("{kinds: [agent]}");
    Policy byCondition = when("caller.kind == 'agent'");
    Policy byNothing = about("{subjects: [ann]}");

    assertThat(byRule.relevant(agent)).isNotEqualTo(byRule.relevant(person));
    assertThat(byCondition.relevant(agent)).isNotEqualTo(byCondition.relevant(person));
    assertThat(byNothing.relevant(agent)).isEqualTo(byNothing.relevant(person));
    for (Policy policy : List.of(byRule, byCondition)) {
      assertThat(verdict(policy, agent)).isInstanceOf(Verdict.Allow.class);
      assertThat(verdict(policy, person)).isInstanceOf(Verdict.Deny.class);
    }
  }

  private static Verdict verdict(Policy policy, Caller caller) {
    return policy
        .explain(caller, ORDERS, "orders", command("read table hr.customers"), USUAL)
        .verdict();
  }

  @Test
  void ruleAboutEverybody_readsNothingOfThem() throws Exception {
    Policy policy = policy("rules: [{name: a, verdict: allow}]");

    assertThat(read(policy)).isEmpty();
    assertThat(policy.relevant(ANN)).isEqualTo(policy.relevant(BOB));
    assertThat(policy.relevant(ANN).toString()).doesNotContain("ann", "staff", "dba", "bot");
  }

  @Test
  void groupsOfRules_areReadAndNoOthers() throws Exception {
    assertThat(read(about("{groups: [dba, interns]}"))).containsExactly("group dba");
    assertThat(read(about("{groups: [\"s*\"]}"))).containsExactly("group staff");
    assertThat(read(about("{groups: [interns]}"))).isEmpty();
  }

  @Test
  void subjectsOfRules_areReadAndOthersAreNobody() throws Exception {
    assertThat(read(about("{subjects: [ann]}"))).containsExactly("subject");
    assertThat(about("{subjects: [zoe]}").relevant(ANN))
        .isEqualTo(about("{subjects: [zoe]}").relevant(BOB));
    assertThat(about("{subjects: [nobody, \"no*\"]}").relevant(ANN).subject())
        .isNotEqualTo("nobody")
        .isNotEqualTo("ann");
  }

  @Test
  void noNameLeftForNobody_subjectsStayWhoTheyAre() throws Exception {
    Policy policy = about("{subjects: [nobody, \"-\", \"(0)\", \"~~\"]}");

    assertThat(policy.relevant(ANN).subject()).isEqualTo("ann");
    assertThat(policy.relevant(BOB).subject()).isEqualTo("bob");
  }

  @Test
  void proofsAndActorsOfRules_areRead() throws Exception {
    assertThat(read(about("{proofs: [token]}"))).containsExactly("proof");
    assertThat(read(about("{actors: [\"b*\"]}"))).containsExactly("actor bot");
    assertThat(read(about("{actors: [crawler]}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "caller.subject == 'zoe'; subject",
        ".caller.subject == 'zoe'; subject",
        "'x' in caller.groups; group staff,group dba",
        "caller.groups.exists(g, g == 'x'); group staff,group dba",
        "caller.proof == 'password'; proof",
        "caller.actor == ''; actor bot",
        "target.name == 'x' && size(binds) == 0; \"\"",
      })
  void variablesOfConditions_areRead(String condition, String expected) throws Exception {
    assertThat(read(when(condition)))
        .isEqualTo(expected.isEmpty() ? Set.of() : Set.of(expected.split(",", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['a', 'b'].exists(caller, caller == database)",
        "[[1]].exists(caller, caller.size() == 1 && database == 'd')"
      })
  void callerInAnotherMeaning_readsAll(String condition) throws Exception {
    assertThat(when(condition).relevant(ANN)).isEqualTo(ANN);
    assertThat(when(condition).relevant(BOB)).isEqualTo(BOB);
  }

  /** The plan keeps what its conditions may ask; nothing of a caller that no rule reads. */
  @Test
  void planOfRelevantCaller_holdsNoOtherNames() throws Exception {
    Policy policy = when("now.getHours() < 25 && 'staff' in caller.groups");

    Plan plan = policy.plan(policy.relevant(ANN), ORDERS, "orders", command("read table public.t"));

    assertThat(plan.decide(USUAL)).isInstanceOf(Verdict.Allow.class);
    assertThat(plan.toString()).contains("staff").doesNotContain("ann", "bot");
  }

  @Test
  void relevantCaller_getsTheVerdictOfTheCaller() {
    long seed = new Random().nextLong();
    RandomRules rules = new RandomRules(new Random(seed));
    int shared = 0;
    for (int i = 0; i < POLICIES; i++) {
      String yaml = rules.policy(1 + i % 6);
      Optional<Policy> loaded = loaded(yaml);
      if (loaded.isEmpty()) {
        continue;
      }
      Policy policy = loaded.get();
      Facts facts = rules.facts();
      Caller relevant = policy.relevant(facts.caller());
      shared += relevant.equals(facts.caller()) ? 0 : 1;

      Verdict itself =
          policy
              .plan(facts.caller(), facts.target(), facts.database(), facts.command())
              .decide(USUAL);
      Verdict instead =
          policy.plan(relevant, facts.target(), facts.database(), facts.command()).decide(USUAL);

      assertThat(instead).as("seed %d, policy %d:%n%s%n%s", seed, i, yaml, facts).isEqualTo(itself);
      assertThat(policy.relevant(relevant)).as("seed %d", seed).isEqualTo(relevant);
    }
    assertThat(shared).as("seed %d", seed).isGreaterThan(POLICIES / 10);
  }

  /** Some random policies have a rule that is never reached. */
  private static Optional<Policy> loaded(String yaml) {
    try {
      return Optional.of(policy(yaml));
    } catch (InvalidFileException unusable) {
      return Optional.empty();
    }
  }
}
