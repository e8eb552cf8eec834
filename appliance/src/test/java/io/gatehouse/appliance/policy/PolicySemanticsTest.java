package io.gatehouse.appliance.policy;

import static io.gatehouse.appliance.policy.Policies.ALICE;
import static io.gatehouse.appliance.policy.Policies.ORDERS;
import static io.gatehouse.appliance.policy.Policies.USUAL;
import static io.gatehouse.appliance.policy.Policies.command;
import static io.gatehouse.appliance.policy.Policies.outline;
import static io.gatehouse.appliance.policy.Policies.policy;
import static io.gatehouse.appliance.policy.Policies.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Resource.Kind;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.plugin.Verdict.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each sentence of the paragraph in docs/policy.md. */
final class PolicySemanticsTest {
  private static final String ALLOW_ALL = "rules: [{name: all, verdict: allow}]";

  private static Verdict.Allow allow(String rule) {
    return new Verdict.Allow(rule, Bounds.NONE);
  }

  @Test
  void commandNotUnderstood_isDeniedWithItsDoubt_whateverTheRulesSay() throws Exception {
    assertThat(verdict(ALLOW_ALL, Command.notUnderstood("a comment does not end")))
        .isEqualTo(new Verdict.Deny("not-understood", "a comment does not end"));
    assertThat(verdict(ALLOW_ALL, command("read table a.b"))).isEqualTo(allow("all"));
  }

  @Test
  void operationThatNoAccessShows_isNotUnderstood() throws Exception {
    Command contradiction =
        new Command(
            Operation.ADMINISTER,
            List.of(Access.of(Operation.READ, Resource.of(Kind.TABLE, "a", "b"))),
            Set.of(),
            Certainty.EXACT,
            "",
            "");
    assertThat(verdict(ALLOW_ALL, contradiction))
        .isEqualTo(
            new Verdict.Deny(
                "not-understood",
                "it is said to administer, and no access that is known does that"));
  }

  @Test
  void accessThatNobodyKnows_isNotUnderstood() throws Exception {
    Command unknown =
        new Command(
            Operation.READ,
            List.of(
                Access.of(Operation.READ, Resource.of(Kind.TABLE, "a", "b")),
                Access.of(Operation.UNKNOWN, Resource.of(Kind.FILE, "x"))),
            Set.of(),
            Certainty.EXACT,
            "",
            "");
    assertThat(verdict(ALLOW_ALL, unknown).rule()).isEqualTo("not-understood");
  }

  @Test
  void emptyPolicy_deniesEverything_andNamesTheAccess() throws Exception {
    assertThat(
            verdict("rules: [{name: d, verdict: deny, databases: [x]}]", command("read table a.b")))
        .isEqualTo(new Verdict.Deny("default-deny", "no rule allows to read table a.b"));
    assertThat(
            verdict(
                "rules: [{name: d, verdict: deny, databases: [x]}]", command("session session")))
        .isEqualTo(new Verdict.Deny("default-deny", "no rule allows the operation session"));
    assertThat(
            verdict(
                "rules: [{name: d, verdict: deny, databases: [x]}]",
                command("session document file:///a")))
        .isEqualTo(
            new Verdict.Deny(
                "default-deny", "no rule allows the operation session on document file:///a"));
  }

  private static final String SEARCHING =
      """
      detectors: {cards: {kinds: [pan]}, ids: {kinds: [ssn]}}
      rules:
        - {name: all, verdict: allow, resources: {schemas: [a]}}
        - {name: s1, verdict: detect, detector: cards, found: alert}
        - {name: s2, verdict: detect, detector: cards, resources: {tables: [a.b]}}
        - {name: s3, verdict: detect, detector: ids, when: "binds[5] == 1"}
        - {name: s4, verdict: detect, detector: ids, databases: [x]}
        - {name: s5, verdict: mask, resources: {columns: [a.b.ssn]}}
      """;

  private static Verdict.Sought sought(String rule, String detector, Verdict.OnFinding found) {
    return new Verdict.Sought(rule, detector, found);
  }

  @Test
  void searches_addUp_alsoWhereAConditionCannotBeEvaluated_andOpenNothing() throws Exception {
    assertThat(verdict(SEARCHING, command("read table a.c")))
        .isEqualTo(
            new Verdict.Allow(
                "all",
                Bounds.NONE,
                List.of(
                    sought("s1", "cards", Verdict.OnFinding.ALERT),
                    sought("s3", "ids", Verdict.OnFinding.MASK))));
    assertThat(verdict(SEARCHING, command("read table a.b", "read column a.b.ssn")))
        .isEqualTo(
            new Verdict.AllowMasked(
                "s5",
                Bounds.NONE,
                masked("a", "b", "ssn"),
                List.of(
                    sought("s1", "cards", Verdict.OnFinding.ALERT),
                    sought("s2", "cards", Verdict.OnFinding.MASK),
                    sought("s3", "ids", Verdict.OnFinding.MASK))));
    assertThat(verdict(SEARCHING, command("read table c.d")).rule()).isEqualTo("default-deny");
    assertThat(verdict(SEARCHING, command("write table a.b"))).isEqualTo(allow("all"));
  }

  @Test
  void searchOfWhatIsReachedThroughAnotherThing_counts() throws Exception {
    Verdict verdict =
        verdict(
            SEARCHING.replace("s1, ", "s1, databases: [x], "),
            command("read table a.v", "indirect read table a.b"));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Allow.class,
            allowed ->
                assertThat(allowed.sought())
                    .contains(sought("s2", "cards", Verdict.OnFinding.MASK)));
  }

  private static final String ONE_OF_EACH =
      """
      rules:
        - {name: a1, verdict: allow}
        - {name: m1, verdict: mask, resources: {columns: ["*.*.ssn"]}}
        - {name: h1, verdict: hold, resources: {tables: ["hr.*"]}, message: ask}
        - {name: d1, verdict: deny, resources: {tables: ["hr.secret"]}, message: never}
        - {name: d2, verdict: deny, resources: {tables: ["hr.secret", "hr.other"]}}
        - {name: h2, verdict: hold, resources: {tables: ["hr.t", "ops.t"]}}
      """;

  @Test
  void strictestKindDecides_whereverItStandsInTheFile() throws Exception {
    Policy policy = policy(ONE_OF_EACH);

    assertThat(verdict(policy, command("read table hr.secret", "read table public.t")))
        .isEqualTo(new Verdict.Deny("d1", "never"));
    assertThat(verdict(policy, command("read table hr.t", "read column hr.t.ssn")))
        .isEqualTo(new Verdict.Hold("h1", "ask"));
    assertThat(verdict(policy, command("read table public.t", "read column public.t.ssn")))
        .isEqualTo(new Verdict.AllowMasked("m1", Bounds.NONE, masked("public", "t", "ssn")));
    assertThat(verdict(policy, command("read table public.t"))).isEqualTo(allow("a1"));
  }

  @Test
  void withinAKind_theFirstInTheFileGivesItsName() throws Exception {
    Policy policy = policy(ONE_OF_EACH);

    assertThat(verdict(policy, command("read table hr.other", "read table hr.secret")).rule())
        .isEqualTo("d1");
    assertThat(verdict(policy, command("read table hr.other")))
        .isEqualTo(new Verdict.Deny("d2", "this is denied"));
    assertThat(verdict(policy, command("read table ops.t", "read table hr.t")).rule())
        .isEqualTo("h1");
    assertThat(verdict(policy, command("read table ops.t")))
        .isEqualTo(new Verdict.Hold("h2", "this waits for consent"));
  }

  @Test
  void everyDirectAccess_needsARuleThatAllowsIt() throws Exception {
    String yaml =
        """
        rules:
          - {name: reads, verdict: allow, operations: [read], resources: {schemas: [public]}}
          - {name: writes, verdict: allow, operations: [write], resources: {tables: [public.t]}}
        """;
    assertThat(verdict(yaml, command("read table public.s", "write table public.t")))
        .isEqualTo(allow("reads"));
    assertThat(verdict(yaml, command("read table public.s", "write table public.s")))
        .isEqualTo(new Verdict.Deny("default-deny", "no rule allows to write table public.s"));
    assertThat(verdict(yaml, command("write table public.t", "read function pg_catalog.now")))
        .isEqualTo(
            new Verdict.Deny("default-deny", "no rule allows to read function pg_catalog.now"));
  }

  @Test
  void indirectAccess_needsNoAllow_andIsNoneEither() throws Exception {
    String yaml =
        """
        rules:
          - {name: view, verdict: allow, resources: {tables: [public.v]}, limits: {rows: 7}}
          - {name: base, verdict: allow, resources: {tables: [hr.t]}, limits: {rows: 3}}
        """;
    assertThat(verdict(yaml, command("read table public.v", "indirect read table hr.t")))
        .isEqualTo(
            new Verdict.Allow(
                "view", Bounds.NONE.and(new Bounds(7, Long.MAX_VALUE, Bounds.NONE.time()))));
    assertThat(verdict(yaml, command("indirect read table hr.t")).rule()).isEqualTo("default-deny");
  }

  @Test
  void indirectAccess_countsForDenyHoldAndMask() throws Exception {
    String yaml =
        """
        rules:
          - {name: view, verdict: allow, resources: {schemas: [public]}}
          - {name: d, verdict: deny, resources: {tables: [hr.denied]}}
          - {name: h, verdict: hold, resources: {tables: [hr.held]}}
          - {name: m, verdict: mask, resources: {columns: [hr.t.ssn]}}
        """;
    assertThat(
            verdict(yaml, command("read table public.v", "indirect read table hr.denied")).rule())
        .isEqualTo("d");
    assertThat(verdict(yaml, command("read table public.v", "indirect read table hr.held")).rule())
        .isEqualTo("h");
    assertThat(
            verdict(
                yaml,
                command(
                    "read table public.v",
                    "read column public.v.x",
                    "indirect read column hr.t.ssn")))
        .isEqualTo(new Verdict.AllowMasked("m", Bounds.NONE, masked("hr", "t", "ssn")));
  }

  @Test
  void limitsAddUpToTheTightest_ofEveryAllowAndMaskThatMatches() throws Exception {
    String yaml =
        """
        rules:
          - {name: a, verdict: allow, resources: {tables: [public.a]}, limits: {rows: 10, bytes: 5MiB}}
          - {name: b, verdict: allow, resources: {tables: [public.b]}, limits: {rows: 20, time: 30s}}
          - {name: c, verdict: allow, limits: {time: 2m}}
          - {name: m, verdict: mask, resources: {columns: [public.a.x]}, limits: {bytes: 4KiB}}
          - {name: other, verdict: allow, resources: {tables: [public.z]}, limits: {rows: 1}}
        """;
    assertThat(verdict(yaml, command("read table public.a", "read table public.b")))
        .isEqualTo(new Verdict.Allow("a", new Bounds(10, 5 << 20, Duration.ofSeconds(30))));
    assertThat(verdict(yaml, command("read table public.b", "read column public.a.x")))
        .isEqualTo(
            new Verdict.AllowMasked(
                "m", new Bounds(10, 4 << 10, Duration.ofSeconds(30)), masked("public", "a", "x")));
  }

  @Test
  void limitRule_boundsWhatItTouches_alsoIndirectly_andOpensNothing() throws Exception {
    String yaml =
        """
        rules:
          - {name: a, verdict: allow, resources: {schemas: [public]}}
          - {name: l, verdict: limit, resources: {schemas: [hr]}, limits: {rows: 5}}
        """;
    assertThat(verdict(yaml, command("read table public.v", "indirect read table hr.t")))
        .isEqualTo(new Verdict.Allow("a", new Bounds(5, Long.MAX_VALUE, Bounds.NONE.time())));
    assertThat(verdict(yaml, command("read table public.v"))).isEqualTo(allow("a"));
    assertThat(verdict(yaml, command("read table hr.t")).rule()).isEqualTo("default-deny");
  }

  @Test
  void masksAddUp_andOpenWhatTheyMask() throws Exception {
    String yaml =
        """
        rules:
          - {name: table, verdict: allow, resources: {tables: [hr.t], except-columns: ["hr.t.*"]}}
          - {name: m1, verdict: mask, resources: {columns: [hr.t.ssn]}}
          - {name: m2, verdict: mask, resources: {columns: [hr.t.ssn, hr.t.mail]}}
        """;
    assertThat(
            verdict(
                yaml, command("read table hr.t", "read column hr.t.ssn", "read column hr.t.mail")))
        .isEqualTo(
            new Verdict.AllowMasked(
                "m1",
                Bounds.NONE,
                List.of(
                    masked("hr", "t", "ssn").getFirst(), masked("hr", "t", "mail").getFirst())));
    assertThat(verdict(yaml, command("read table hr.t", "read column hr.t.pay")).rule())
        .isEqualTo("default-deny");
  }

  @Test
  void maskNeverOpensAWrite() throws Exception {
    String yaml = "rules: [{name: m, verdict: mask, resources: {columns: [hr.t.ssn]}}]";

    assertThat(verdict(yaml, command("read column hr.t.ssn")))
        .isInstanceOf(Verdict.AllowMasked.class);
    assertThat(verdict(yaml, command("write column hr.t.ssn")).rule()).isEqualTo("default-deny");
  }

  @Test
  void unreadBody_isAllowedOnlyByRulesThatSaySo() throws Exception {
    String yaml =
        """
        rules:
          - {name: plain, verdict: allow, resources: {schemas: [public]}}
          - {name: bodies, verdict: allow, resources: {tables: [public.b]}, bodies: unread}
        """;
    assertThat(verdict(yaml, outline("define table public.b"))).isEqualTo(allow("bodies"));
    assertThat(verdict(yaml, outline("define table public.a")).rule()).isEqualTo("default-deny");
    assertThat(verdict(yaml, command("define table public.a"))).isEqualTo(allow("plain"));
  }

  @Test
  void unreadBody_isDeniedHeldAndMaskedByAnyRule() throws Exception {
    String yaml =
        """
        rules:
          - {name: all, verdict: allow, bodies: unread}
          - {name: d, verdict: deny, resources: {tables: [hr.d]}}
          - {name: h, verdict: hold, resources: {tables: [hr.h]}}
          - {name: m, verdict: mask, resources: {columns: [hr.t.ssn]}}
        """;
    assertThat(verdict(yaml, outline("define table hr.d")).rule()).isEqualTo("d");
    assertThat(verdict(yaml, outline("define table hr.h")).rule()).isEqualTo("h");
    assertThat(verdict(yaml, outline("read column hr.t.ssn")))
        .isInstanceOf(Verdict.AllowMasked.class);
  }

  @Test
  void nameThatLacksItsSchema_isWhateverIsWorse() throws Exception {
    String yaml =
        """
        rules:
          - {name: a, verdict: allow, resources: {tables: [public.t, public.u]}}
          - {name: d, verdict: deny, resources: {tables: [hr.t]}}
        """;
    assertThat(verdict(yaml, command("read table t")).rule()).isEqualTo("d");
    assertThat(verdict(yaml, command("read table u")).rule()).isEqualTo("default-deny");
    assertThat(verdict(yaml, command("read table public.u")).rule()).isEqualTo("a");
  }

  @Test
  void everyVerdict_isTheSameInThePlanAndInTheExplanation() throws Exception {
    Policy policy = policy(ONE_OF_EACH);
    for (String table : List.of("hr.secret", "hr.t", "ops.t", "public.t")) {
      Command command = command("read table " + table, "read column " + table + ".ssn");
      assertThat(policy.explain(ALICE, ORDERS, "orders", command, USUAL).verdict())
          .isEqualTo(verdict(policy, command));
    }
  }

  /** As a rule has it that says no more. */
  private static List<Verdict.Masked> masked(String... column) {
    return List.of(
        new Verdict.Masked(Resource.of(Kind.COLUMN, column), "redact", Verdict.Strength.STRICT));
  }
}
