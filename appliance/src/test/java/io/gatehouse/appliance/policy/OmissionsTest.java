package io.gatehouse.appliance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that say what the journal must not hold. */
class OmissionsTest {
  private static final String RULES =
      """
      rules:
        - {name: nobody-deletes, operations: [delete], verdict: deny}
        - name: card-codes
          targets: [orders-db]
          databases: [orders]
          resources: {columns: ["*.cards.cvv"]}
          verdict: omit
        - {name: all, verdict: allow}
      """;
  private static final Target OTHER = new Target("other", Target.Protocol.POSTGRESQL);

  private static Command command(String accesses) {
    return Policies.command(accesses.split(" \\+ ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "read column shop.cards.cvv, true",
    "write column shop.cards.cvv, true",
    "delete column shop.cards.cvv, true",
    "write table shop.cards, true",
    "write table cards, true",
    "write table shop.cards + read column shop.cards.pan, true",
    "write table shop.cards + write column shop.cards.pan, false",
    "read column shop.cards.pan, false",
    "read table shop.orders, false"
  })
  void commandThatTouchesIt_isOmitted(String command, boolean omitted) throws Exception {
    Policy policy = Policies.policy(RULES);
    assertThat(policy.omits(Policies.ORDERS, "orders", command(command)).isPresent())
        .isEqualTo(omitted);
    assertThat(policy.omits(OTHER, "orders", command(command))).isEmpty();
    assertThat(policy.omits(Policies.ORDERS, "other", command(command))).isEmpty();
  }

  @Test
  void commandThatWasNotReadToItsEnd_isOmitted() throws Exception {
    Policy policy = Policies.policy(RULES);
    Command body = Policies.outline("execute session");
    assertThat(policy.omits(Policies.ORDERS, "orders", body)).contains("card-codes");
    assertThat(policy.omits(OTHER, "orders", body)).isEmpty();
  }

  @Test
  void omission_decidesNothing() throws Exception {
    Policy policy = Policies.policy(RULES);
    assertThat(policy.ruleCount()).isEqualTo(3);
    assertThat(
            policy
                .plan(
                    Policies.ALICE,
                    Policies.ORDERS,
                    "orders",
                    Policies.command("read column shop.cards.cvv"))
                .decide(Policies.USUAL)
                .rule())
        .isEqualTo("all");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resources: {tables: [a.b]}, callers: {groups: [x]} | is not for an omit",
        "resources: {tables: [a.b]}, operations: [read] | is not for an omit",
        "resources: {tables: [a.b]}, traits: {any: [files]} | is not for an omit",
        "resources: {tables: [a.b]}, when: 'true' | is not for an omit",
        "resources: {tables: [a.b]}, record: {results: leave-out} | an omit decides nothing",
        "targets: [a] | resources"
      })
  void omissionOfSomePeopleOrCommands_isRefused(String keys, String problem) {
    assertThat(Policies.problems("rules: [{name: a, verdict: omit, %s}]\n".formatted(keys)))
        .anyMatch(said -> said.contains(problem));
  }
}
