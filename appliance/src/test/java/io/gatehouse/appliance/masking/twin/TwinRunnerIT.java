package io.gatehouse.appliance.masking.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.BankServer;
import io.gatehouse.appliance.masking.Format;
import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.twin.Step.Extended;
import io.gatehouse.appliance.masking.twin.Step.Paged;
import io.gatehouse.appliance.masking.twin.Step.Simple;
import io.gatehouse.appliance.masking.twin.TwinRunner.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwinRunnerIT {
  private static final String TABLES =
      """
      SELECT c.oid::regclass::text, c.oid FROM pg_class c
      WHERE relnamespace::regnamespace::text IN ('bank', 'hr', 'ref', 'audit') ORDER BY 1
      """;

  private static BankServer server;

  @BeforeAll
  static void twins_are_made() throws Exception {
    server =
        BankServer.start()
            .with("one", 1, Variant.MARKED)
            .with("same", 1, Variant.MARKED)
            .with("unlike", 1, Variant.UNLIKE)
            .with("alike", 1, Variant.ALIKE);
  }

  @AfterAll
  static void twins_are_closed() throws Exception {
    server.close();
  }

  private static Outcome run(String other, Step... steps) throws Exception {
    return new TwinRunner(server.login("one"), server.login(other)).run(List.of(steps));
  }

  @Test
  void databases_made_have_the_same_numbers_for_the_same_things() throws Exception {
    assertThat(all("one", TABLES)).hasSizeGreaterThan(50).isEqualTo(all("unlike", TABLES));
  }

  private static List<String> all(String database, String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection direct = server.direct(database);
        Statement statement = direct.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      while (answer.next()) {
        rows.add(answer.getString(1) + " " + answer.getString(2));
      }
    }
    return rows;
  }

  @Test
  void the_same_rows_read_do_not_differ() throws Exception {
    assertThat(run("same", new Simple("TABLE bank.customers")).difference()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void protected_values_read_differ(Format format) throws Exception {
    for (String other : List.of("unlike", "alike")) {
      for (Step step :
          List.of(
              new Extended("SELECT ssn FROM bank.customers", List.of(), format),
              new Paged("SELECT ssn FROM bank.customers", 2, format))) {
        Outcome outcome = run(other, step);
        assertThat(outcome.difference().orElseThrow()).contains("SECRET").contains("HIDDEN");
        assertThat(outcome.holds(Markers.tokens())).isTrue();
      }
    }
  }

  /** What a mask leaves of the values is the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT right(ssn, 4), email IS NULL, right(phone, 4), right(portal_id::text, 4) FROM"
            + " customers",
        "SELECT extract(year FROM date_of_birth) FROM customers",
        "SELECT right(iban, 4) FROM accounts",
        "SELECT right(pan, 4), right(encode(pin_block, 'hex'), 4) FROM cards",
        "SELECT right(creditor_name, 4), right(creditor_iban, 4) FROM payments",
        "SELECT right(counterparty_iban, 4), remittance IS NULL FROM transactions",
        "SELECT right(last_ip::text, 4), right(push_token::text, 4) FROM devices"
      })
  void values_that_look_alike_behind_a_mask_are_told_apart_by_nothing_else(String sql)
      throws Exception {
    assertThat(run("alike", new Simple(sql)).difference()).isEmpty();
    assertThat(run("unlike", new Simple(sql)).difference()).isPresent();
  }

  /** Two that are NULL where the other is, or have a mask's four characters, would hide a leak. */
  @Test
  void values_of_unlike_twins_agree_nowhere() throws Exception {
    List<String> one = all("one", "SELECT customer_id, ssn || pep::text FROM customers ORDER BY 1");
    assertThat(one)
        .doesNotContainAnyElementsOf(
            all("unlike", "SELECT customer_id, ssn || pep::text FROM customers"));
    String nulls = "SELECT customer_id, num_nulls(email, phone, aliases) FROM customers ORDER BY 1";
    assertThat(all("one", nulls)).isNotEqualTo(all("unlike", nulls)).isEqualTo(all("alike", nulls));
  }

  @Test
  void connection_ended_by_the_server_ends_the_steps() throws Exception {
    Outcome outcome =
        run(
            "same",
            new Simple("SELECT pg_terminate_backend(pg_backend_pid())"),
            new Simple("SELECT 1"));
    assertThat(outcome.one().answers()).hasSize(1);
    assertThat(outcome.difference()).isEmpty();
  }
}
