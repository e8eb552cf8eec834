package io.gatehouse.appliance.policy;

import static io.gatehouse.appliance.policy.Policies.ALICE;
import static io.gatehouse.appliance.policy.Policies.ORDERS;
import static io.gatehouse.appliance.policy.Policies.USUAL;
import static io.gatehouse.appliance.policy.Policies.command;
import static io.gatehouse.appliance.policy.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about what is called by name. */
final class CalledTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "resources: {tools: [crm.x]}, fields: [a] | false",
        "resources: {kinds: [tool, document]} | false",
        "resources: {tags: [called]} | false",
        "resources: {tags: [called, mixed]} | true",
        "resources: {tools: [crm.x], columns: [a.b.c]} | true",
        "resources: {except-tools: [crm.x]} | true",
        "targets: [orders-db] | true"
      })
  void maskOfCallsAlone_isNoneOfADatabase(String rule, boolean masks) throws Exception {
    String yaml =
        """
        tags:
          called: {tools: [crm.x], prompts: [y]}
          mixed: {tools: [crm.x], tables: [a.b]}
        rules:
          - {name: m, verdict: mask, RULE}
        """;
    assertThat(policy(yaml.replace("RULE", rule)).masksAnything(ALICE, ORDERS, "orders"))
        .isEqualTo(masks);
  }

  @Test
  void fieldsOfSeveralRules_addUp_andOfColumnsThereAreNone() throws Exception {
    String yaml =
        """
        masks:
          a: {kind: keep-last}
        rules:
          - {name: m1, verdict: mask, mask: a, resources: {tools: [crm.x]}, fields: ["$.b", c]}
          - {name: m2, verdict: mask, resources: {tags: [t]}, fields: [d], binary: pass, otherwise: nothing}
        tags:
          t: {tools: [crm.x], columns: [p.q.r]}
        """;
    Policy policy = policy(yaml);
    Verdict calls = policy.plan(ALICE, ORDERS, "orders", command("call tool crm.x")).decide(USUAL);
    assertThat(calls)
        .isInstanceOfSatisfying(
            Verdict.AllowMasked.class,
            masked ->
                assertThat(masked.masked())
                    .extracting(Verdict.Masked::mask, one -> one.fields().toString())
                    .containsExactly(
                        tuple(
                            "a",
                            "Fields[paths=[b, c], textPasses=false, binaryPasses=false,"
                                + " misfit=REFUSE]"),
                        tuple(
                            "redact",
                            "Fields[paths=[d], textPasses=false, binaryPasses=true,"
                                + " misfit=NOTHING]")));
    Verdict reads =
        policy.plan(ALICE, ORDERS, "orders", command("read column p.q.r")).decide(USUAL);
    assertThat(reads)
        .isEqualTo(
            new Verdict.AllowMasked(
                "m2",
                Verdict.Bounds.NONE,
                List.of(
                    new Verdict.Masked(
                        Resource.of(Resource.Kind.COLUMN, "p", "q", "r"),
                        "redact",
                        Verdict.Strength.STRICT))));
  }
}
