package io.gatehouse.appliance.gated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session goes on with what it has just defined. */
class DefinitionsIT {
  private static final String POLICY =
      """
      rules:
        - name: not-these
          operations: [read]
          resources: {tables: [first.base]}
          verdict: deny
        - name: all
          verdict: allow
          bodies: unread
      """;
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 25 : 8;

  private static RealDatabase server;
  @TempDir private static Path folder;
  private static GatedDatabase gate;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("shop");
    server.run(
        "CREATE SCHEMA first; CREATE TABLE public.base (a int); INSERT INTO public.base VALUES"
            + " (7)");
    gate = GatedDatabase.start(folder, server, "postgres", POLICY).user("ann");
  }

  @AfterAll
  static void end() throws Exception {
    gate.close();
    server.close();
  }

  /** Its columns are not known while it is the transaction's own; afterwards it is not its own. */
  @Test
  void tableMadeSinceASavepoint_isNobodysAfterGoingBackToIt() throws Exception {
    try (Connection connection = gate.connect("ann", "preferQueryMode=simple");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SAVEPOINT before");
      statement.execute("CREATE TABLE first.passing (a int)");
      statement.execute("INSERT INTO first.passing VALUES (1)");
      assertThat(one(statement, "SELECT count(*) FROM first.passing")).isEqualTo("1");
      statement.execute("ROLLBACK TO SAVEPOINT before");
      assertThatThrownBy(() -> one(statement, "SELECT count(*) FROM first.passing"))
          .isInstanceOfSatisfying(
              SQLException.class,
              refused -> assertThat(refused.getSQLState()).isIn("42501", "57P03"));
      connection.rollback();
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
  void tableMade_isThereForTheNextCommand(String mode) throws Exception {
    try (Connection ann = gate.connect("ann", "prepareThreshold=1&preferQueryMode=" + mode);
        Statement statement = ann.createStatement()) {
      for (int i = 0; i < ROUNDS; i++) {
        statement.execute("CREATE TABLE made (a int PRIMARY KEY, b text DEFAULT 'x')");
        assertThat(statement.executeUpdate("INSERT INTO made (a) VALUES (1), (2)")).isEqualTo(2);
        assertThat(one(statement, "SELECT count(*) FROM made WHERE b = 'x'")).isEqualTo("2");
        statement.execute("ALTER TABLE made ADD COLUMN c int");
        assertThat(one(statement, "SELECT max(a) FROM made WHERE c IS NULL")).isEqualTo("2");
        statement.execute("CREATE VIEW seen AS SELECT a FROM made");
        assertThat(one(statement, "SELECT count(*) FROM seen")).isEqualTo("2");
        statement.execute("DROP VIEW seen");
        statement.execute("DROP TABLE made");
      }
    }
  }

  @Test
  void tableMadeInATransaction_isThereForTheNextOne() throws Exception {
    try (Connection ann = gate.connect("ann", "");
        Statement statement = ann.createStatement()) {
      ann.setAutoCommit(false);
      for (int i = 0; i < ROUNDS; i++) {
        statement.execute("CREATE TABLE made (a int)");
        statement.executeUpdate("INSERT INTO made VALUES (1)");
        ann.commit();
        assertThat(one(statement, "SELECT count(*) FROM made")).isEqualTo("1");
        statement.execute("DROP TABLE made");
        ann.commit();
      }
    }
  }

  @Test
  void tableMadeByOneSession_isThereForAnother() throws Exception {
    try (Connection ann = gate.connect("ann", "");
        Connection other = gate.connect("ann", "");
        Statement hers = ann.createStatement();
        Statement theirs = other.createStatement()) {
      for (int i = 0; i < ROUNDS; i++) {
        hers.execute("CREATE TABLE made AS SELECT 1 AS a");
        assertThat(one(theirs, "SELECT count(*) FROM made")).isEqualTo("1");
        theirs.execute("DROP TABLE made");
      }
    }
  }

  @Test
  void tableMadeBeforeAnotherOnThePath_isTheOneThatIsMeant() throws Exception {
    try (Connection ann = gate.connect("ann", "currentSchema=first,public");
        Statement statement = ann.createStatement()) {
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(one(statement, "SELECT a FROM base")).isEqualTo("7");
        statement.execute("CREATE TABLE first.base AS SELECT 8 AS a");
        assertThatThrownBy(() -> one(statement, "SELECT a FROM base"))
            .hasMessageContaining("not-these");
        statement.execute("DROP TABLE first.base");
      }
    }
  }
}
