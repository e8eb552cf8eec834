package io.gatehouse.appliance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How what rules decide is put on record. */
class RecordTermsTest {
  private static final String RULES =
      """
      rules:
        - name: salaries
          resources: {tables: [hr.salaries]}
          verdict: mask
          record: {results: leave-out, retention: personal}
        - name: reads
          operations: [read]
          verdict: allow
        - name: no-deletes
          operations: [delete]
          verdict: deny
          record: {retention: refused}
      """;

  @Test
  void ruleThatDecides_saysHow() throws Exception {
    Policy policy = Policies.policy(RULES);
    assertThat(policy.recordTerms("salaries")).isEqualTo(new RecordTerms(false, "personal"));
    assertThat(policy.recordTerms("reads")).isEqualTo(RecordTerms.DEFAULT);
    assertThat(policy.recordTerms("no-deletes")).isEqualTo(new RecordTerms(true, "refused"));
    assertThat(policy.recordTerms(Verdicts.DEFAULT_DENY)).isEqualTo(RecordTerms.DEFAULT);
    Verdict verdict =
        policy
            .plan(
                Policies.ALICE,
                Policies.ORDERS,
                "orders",
                Policies.command("read table hr.salaries"))
            .decide(Policies.USUAL);
    assertThat(CommandText.describe(policy.recordTerms(verdict.rule())))
        .isEqualTo("on record without its results, in the class personal");
  }

  @Test
  void classThatIsNotConfigured_isAProblem_whereTheConfigurationIsKnown() {
    MaskCheck knowsPersonal =
        new MaskCheck() {
          @Override
          public Optional<String> problem(Masks.Definition definition) {
            return Optional.empty();
          }

          @Override
          public Optional<String> retentionProblem(String name) {
            return name.equals("personal") ? Optional.empty() : Optional.of("there is none");
          }
        };
    assertThat(
            catchThrowableOfType(
                    InvalidFileException.class,
                    () -> Policy.of(List.of(Policies.source("policy.yaml", RULES)), knowsPersonal))
                .problems())
        .singleElement()
        .hasToString("policy.yaml:9: rules[2].record.retention: there is none");
  }
}
