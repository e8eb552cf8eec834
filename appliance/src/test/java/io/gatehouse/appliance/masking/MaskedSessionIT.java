package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session with masks is like for whoever sits in it. */
class MaskedSessionIT {
  private static final String POLICY =
      """
      masks:
        last-four: {kind: keep-last, count: 4}
      rules:
        - {name: all, verdict: allow, bodies: unread}
        - name: seen-in-part
          resources: {columns: [bank.customers.ssn, bank.safes.pan, bank.pledges.pan]}
          verdict: mask
          mask: last-four
          strength: output
        - name: not-seen
          resources: {columns: [bank.customers.email, bank.vault.pan, bank.held.pan, bank.desks.keeper]}
          verdict: mask
      """;

  @TempDir private static Path folder;
  private static BankServer server;
  private static GatedBank gate;
  private static String ssn;

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run(
        "bank",
        """
        CREATE TABLE bank.vault (id int PRIMARY KEY, pan text UNIQUE, kind text NOT NULL);
        CREATE TABLE bank.held (pan text REFERENCES bank.vault (pan) DEFERRABLE);
        INSERT INTO bank.vault VALUES (1, 'SECRET-IN-VAULT', 'card');
        INSERT INTO bank.held SELECT pan FROM bank.vault;
        CREATE TABLE bank.safes (id int PRIMARY KEY, pan text UNIQUE);
        CREATE TABLE bank.pledges (pan text REFERENCES bank.safes (pan) DEFERRABLE);
        INSERT INTO bank.safes VALUES (1, 'SECRET-IN-VAULT');
        INSERT INTO bank.pledges SELECT pan FROM bank.safes;
        CREATE TABLE bank.desks (
          id int PRIMARY KEY, floor int, keeper text, room int,
          UNIQUE (floor, keeper), CHECK (room > 0 OR keeper IS NULL));
        CREATE UNIQUE INDEX ON bank.desks (room, lower(keeper));
        CREATE TABLE bank.lamps (
          id int, floor int, keeper text,
          FOREIGN KEY (floor, keeper) REFERENCES bank.desks (floor, keeper));
        CREATE TABLE bank.keys (id int, desk int);
        ALTER TABLE bank.keys ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON bank.keys USING (
          EXISTS (SELECT FROM bank.desks d WHERE d.id = desk AND d.keeper = current_user));
        CREATE VIEW bank.key_list AS SELECT id FROM bank.keys;
        CREATE TABLE bank.notes (id int, keeper text);
        CREATE POLICY asleep ON bank.notes USING (keeper = current_user);
        GRANT ALL ON ALL TABLES IN SCHEMA bank TO analyst
        """);
    gate = GatedBank.start(folder, server, List.of("bank"), POLICY);
    try (TappedClient direct = TappedClient.connect(server.login("bank"))) {
      ssn =
          direct
              .query("SELECT ssn FROM bank.customers ORDER BY customer_id LIMIT 1")
              .rows()
              .getFirst()
              .getFirst();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  private static TappedClient client() throws Exception {
    return TappedClient.connect(gate.login("bank"));
  }

  @Test
  void columnAsItStands_hasItsMask_andComputedIsNull() throws Exception {
    try (TappedClient client = client()) {
      List<String> row =
          client
              .query(
                  "SELECT ssn, ssn || '', email, customer_id FROM bank.customers ORDER BY"
                      + " customer_id LIMIT 1")
              .rows()
              .getFirst();
      assertThat(row.get(0)).endsWith(ssn.substring(ssn.length() - 4)).isNotEqualTo(ssn);
      assertThat(row.get(1)).isEqualTo("null");
      assertThat(row.get(3)).isEqualTo("1");
    }
  }

  /** Each result of a message has the masks of its own statement. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT customer_id FROM bank.customers WHERE customer_id = 1; SELECT ssn FROM"
            + " bank.customers WHERE customer_id = 1",
        "SELECT ssn FROM bank.customers WHERE customer_id = 1; SELECT 1, 2; SELECT email FROM"
            + " bank.customers",
        "BEGIN; SELECT ssn FROM bank.customers; COMMIT; SELECT ssn, customer_id FROM"
            + " bank.customers",
        "COPY (SELECT 1) TO STDOUT; SELECT ssn FROM bank.customers",
        "COPY (SELECT ssn FROM bank.customers) TO STDOUT; SELECT ssn, 1 FROM bank.customers",
      })
  void severalStatements_areMaskedEach(String sql) throws Exception {
    try (TappedClient client = client()) {
      Answer answer = client.query(sql);
      assertThat(answer.error()).isEmpty();
      assertThat(new String(client.tap(), UTF_8)).doesNotContain(ssn);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT FROM bank.customers; SELECT ssn FROM bank.customers",
        "SHOW search_path; SELECT ssn FROM bank.customers",
        "EXPLAIN SELECT 1; SELECT ssn FROM bank.customers",
      })
  void severalStatementsWhoseResultsCannotBeTold_areRefused(String sql) throws Exception {
    try (TappedClient client = client()) {
      assertThat(client.query(sql).error())
          .hasValueSatisfying(error -> assertThat(error).contains("not certain"));
      assertThat(client.query("SELECT 1").error()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE bank.customers RENAME COLUMN ssn TO note",
        "ALTER TABLE bank.customers RENAME TO others",
        "ALTER TABLE bank.customers SET SCHEMA public",
        "ALTER SCHEMA bank RENAME TO elsewhere",
        "DROP TABLE bank.customers",
        "CREATE TABLE public.copied AS SELECT ssn FROM bank.customers",
        "CREATE VIEW public.seen AS SELECT ssn AS note FROM bank.customers",
        "SELECT customer_id FROM bank.customers ORDER BY email",
        "EXPLAIN SELECT customer_id FROM bank.customers",
        "EXPLAIN ANALYZE SELECT customer_id FROM bank.customers",
        "INSERT INTO bank.customers SELECT (jsonb_populate_record(c, '{}')).* FROM bank.customers"
            + " c",
        "UPDATE bank.customers SET phone = ssn WHERE customer_id = 1",
        "UPDATE bank.customers SET ssn = '******' WHERE customer_id = 1",
      })
  void whatWouldGiveItAway_isRefused_andTheSessionGoesOn(String sql) throws Exception {
    try (TappedClient client = client()) {
      assertThat(client.query(sql).error())
          .hasValueSatisfying(error -> assertThat(error).startsWith("42501"));
      assertThat(
              client.query("SELECT customer_id FROM bank.customers WHERE customer_id = 1").error())
          .isEmpty();
    }
  }

  /** The details of such errors quote rows of which nobody named a column. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM bank.vault",
        "UPDATE bank.vault SET kind = NULL",
        "UPDATE bank.vault SET kind = NULL FROM pg_get_keywords() k WHERE id = 1 RETURNING k.*",
        "BEGIN | SET CONSTRAINTS ALL DEFERRED | DELETE FROM bank.vault | COMMIT",
        "BEGIN | SET CONSTRAINTS ALL DEFERRED | DELETE FROM bank.vault"
            + " | SET CONSTRAINTS ALL IMMEDIATE",
      })
  void errorOfAChange_quotesNoRow(String statements) throws Exception {
    for (boolean extended : new boolean[] {false, true}) {
      try (TappedClient client = client();
          TappedClient direct = TappedClient.connect(server.login("bank"))) {
        assertThat(said(direct, statements, extended)).contains("SECRET-IN-VAULT");
        assertThat(said(client, statements, extended))
            .doesNotContain("SECRET-IN-VAULT")
            .contains("SERROR");
      }
    }
  }

  private static String said(TappedClient client, String statements, boolean extended)
      throws Exception {
    for (String sql : statements.split(" \\| ", -1)) {
      if (extended) {
        client.extended(sql, List.of(), Format.TEXT);
      } else {
        client.query(sql);
      }
    }
    return new String(client.tap(), UTF_8);
  }

  /** What is put off fails at the end of the batch, after the command has ended well. */
  @Test
  void errorAtTheEndOfABatch_quotesNoRow() throws Exception {
    server.run(
        "bank",
        "ALTER TABLE bank.pledges ALTER CONSTRAINT pledges_pan_fkey DEFERRABLE INITIALLY DEFERRED");
    try (TappedClient client = client();
        TappedClient direct = TappedClient.connect(server.login("bank"))) {
      assertThat(said(direct, "DELETE FROM bank.safes", true)).contains("SECRET-IN-VAULT");
      assertThat(said(client, "DELETE FROM bank.safes", true))
          .doesNotContain("SECRET-IN-VAULT")
          .contains("DELETE 1", "SERROR");
    } finally {
      server.run(
          "bank",
          "ALTER TABLE bank.pledges ALTER CONSTRAINT pledges_pan_fkey DEFERRABLE INITIALLY"
              + " IMMEDIATE");
    }
  }

  /** What is seen in part is no place for what is not seen. */
  @Test
  void valueOfAStrictColumn_goesToNoneThatIsProtectedLess() throws Exception {
    try (TappedClient client = client()) {
      Answer answer =
          client.query(
              "INSERT INTO bank.customers (customer_id, ssn) SELECT 9999, email FROM"
                  + " bank.customers");
      assertThat(answer.error())
          .hasValueSatisfying(
              error -> assertThat(error).startsWith("42501").contains("not protected as far"));
    }
  }

  /** The server quotes what it failed on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM bank.keys",
        "SELECT id FROM bank.key_list",
        "UPDATE bank.keys SET id = 2",
        "UPDATE bank.desks SET floor = 3 WHERE id = 1",
        "UPDATE bank.desks SET room = 3 WHERE id = 1",
        "UPDATE bank.desks SET room = 3, floor = 4",
        "INSERT INTO bank.lamps VALUES (1, 2, 'a')",
        "UPDATE bank.lamps SET floor = 3",
        "DELETE FROM bank.vault WHERE id = 1",
      })
  void whatTheServerAsksOfAStrictColumn_isNotAsked(String sql) throws Exception {
    try (TappedClient client = client()) {
      assertThat(client.query(sql).error())
          .hasValueSatisfying(
              error ->
                  assertThat(error)
                      .containsAnyOf(
                          "a row-level policy shows or hides rows by the protected column",
                          "depends on the protected column bank.desks.keeper, by a constraint",
                          "depends on the protected column bank.held.pan, by a constraint"));
      assertThat(client.query("SELECT 1").error()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM bank.notes",
        "UPDATE bank.desks SET id = 7 WHERE id = 1",
        "UPDATE bank.lamps SET id = 3",
        "DELETE FROM bank.lamps",
        "UPDATE bank.vault SET kind = 'other' WHERE id = 2",
      })
  void whatTheServerDoesNotAskOfAStrictColumn_runs(String sql) throws Exception {
    try (TappedClient client = client()) {
      assertThat(client.query(sql).error()).isEmpty();
    }
  }

  @Test
  void errorOverWhatIsProtected_hasItsCodeAlone() throws Exception {
    try (TappedClient client = client()) {
      Answer answer = client.query("SELECT ssn::int FROM bank.customers");
      assertThat(answer.error())
          .hasValueSatisfying(
              error -> assertThat(error).startsWith("22P02").contains("could quote protected"));
      assertThat(new String(client.tap(), UTF_8)).doesNotContain(ssn);
      assertThat(client.query("SELECT 1").error()).isEmpty();
    }
  }
}
