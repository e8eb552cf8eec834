package io.gatehouse.appliance.gated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A driver that prepares everything by name goes on where functions and triggers run, at servers
 * that report the search path and at those that do not; and what such code puts behind a name does
 * not run.
 */
class NamesAfterCodeIT {
  private static final String POLICY =
      """
      rules:
        - name: no-secrets
          operations: [read]
          resources: {tables: [public.secrets]}
          verdict: deny
        - name: all
          verdict: allow
          bodies: unread
      """;
  private static final String OBJECTS =
      """
      CREATE TABLE secrets (s text);
      INSERT INTO secrets VALUES ('stolen');
      CREATE TABLE counted (n int);
      INSERT INTO counted VALUES (0);
      CREATE TABLE watched (a int);
      CREATE FUNCTION bump(by int) RETURNS int LANGUAGE sql
        AS 'UPDATE counted SET n = n + by RETURNING n';
      CREATE FUNCTION on_watched() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN PERFORM bump(1); RETURN NEW; END';
      CREATE TRIGGER watch BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION on_watched();
      CREATE FUNCTION take_over(name text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN
        EXECUTE format('DEALLOCATE %I', name);
        EXECUTE format('PREPARE %I AS SELECT s FROM secrets', name);
        RETURN 1; END $$;
      CREATE TABLE deferred (name text);
      CREATE FUNCTION on_deferred() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN PERFORM take_over(NEW.name); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER later AFTER INSERT ON deferred DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION on_deferred();
      """;
  private static final String MODES = "true,true\ntrue,false\nfalse,true\nfalse,false";
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 20 : 8;

  private static RealDatabase server;
  private static SilentServer silent;
  @TempDir private static Path reportingFolder;
  @TempDir private static Path silentFolder;
  private static GatedDatabase reportingGate;
  private static GatedDatabase silentGate;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("shop");
    server.run(OBJECTS);
    silent = SilentServer.before(server.port());
    reportingGate = GatedDatabase.start(reportingFolder, server, "postgres", POLICY).user("ann");
    silentGate =
        GatedDatabase.start(
                silentFolder,
                new GatedDatabase.Server(server.name(), silent.port()),
                "postgres",
                POLICY)
            .user("ann");
  }

  @AfterAll
  static void end() throws Exception {
    reportingGate.close();
    silentGate.close();
    silent.close();
    server.close();
  }

  /** The rows are as at the beginning, and no gate knows a definition. */
  @BeforeEach
  void begin() throws Exception {
    server.run("UPDATE counted SET n = 0; TRUNCATE watched, deferred");
    reportingGate.definitionsChanged();
    silentGate.definitionsChanged();
  }

  private Connection connect(boolean reporting, boolean autocommit) throws SQLException {
    Connection connection =
        (reporting ? reportingGate : silentGate).connect("ann", "prepareThreshold=1");
    connection.setAutoCommit(autocommit);
    return connection;
  }

  private static void commit(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  private static String one(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = MODES)
  void freshSession_firstCommandsAreAnswered(boolean reporting, boolean autocommit)
      throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      try (Connection connection = connect(reporting, autocommit);
          PreparedStatement query = connection.prepareStatement("SELECT n FROM counted")) {
        assertThat(one(query)).isEqualTo("0");
        commit(connection);
        assertThat(one(query)).isEqualTo("0");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = MODES)
  void functionsAndTriggersInALoop_everythingIsAnswered(boolean reporting, boolean autocommit)
      throws Exception {
    try (Connection connection = connect(reporting, autocommit);
        PreparedStatement bump = connection.prepareStatement("SELECT bump(?)");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO watched VALUES (?)");
        PreparedStatement query = connection.prepareStatement("SELECT n FROM counted")) {
      for (int i = 0; i < ROUNDS; i++) {
        bump.setInt(1, 1);
        assertThat(one(bump)).isEqualTo(String.valueOf(2 * i + 1));
        insert.setInt(1, i);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        assertThat(one(query)).isEqualTo(String.valueOf(2 * i + 2));
        if (i % 3 == 0) {
          commit(connection);
        }
      }
      commit(connection);
    }
    assertThat(server.ask("SELECT n FROM counted")).isEqualTo(String.valueOf(2 * ROUNDS));
  }

  @ParameterizedTest
  @CsvSource(textBlock = MODES)
  void batchesThatFireTriggers_everythingIsAnswered(boolean reporting, boolean autocommit)
      throws Exception {
    try (Connection connection = connect(reporting, autocommit);
        PreparedStatement insert = connection.prepareStatement("INSERT INTO watched VALUES (?)");
        PreparedStatement query = connection.prepareStatement("SELECT n FROM counted")) {
      for (int i = 1; i <= ROUNDS; i++) {
        for (int j = 0; j < 5; j++) {
          insert.setInt(1, j);
          insert.addBatch();
        }
        assertThat(Arrays.stream(insert.executeBatch()).sum()).isEqualTo(5);
        assertThat(one(query)).isEqualTo(String.valueOf(5 * i));
        commit(connection);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = MODES)
  void failureAfterCode_rollsBackAndGoesOn(boolean reporting, boolean autocommit) throws Exception {
    try (Connection connection = connect(reporting, autocommit);
        PreparedStatement bump = connection.prepareStatement("SELECT bump(?)");
        PreparedStatement query = connection.prepareStatement("SELECT n FROM counted");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < ROUNDS; i++) {
        bump.setInt(1, 0);
        assertThat(one(bump)).isEqualTo("0");
        assertThatThrownBy(() -> statement.execute("SELECT 1 / (n - n) FROM counted"))
            .isInstanceOf(SQLException.class);
        if (!autocommit) {
          connection.rollback();
        }
        assertThat(one(query)).isEqualTo("0");
        commit(connection);
      }
    }
  }

  /** The name under which the driver has prepared the text. */
  private static String nameOf(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name FROM pg_catalog.pg_prepared_statements WHERE statement = '"
                    + text
                    + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = MODES)
  void functionTakesAName_whatItPutThereIsRefused(boolean reporting, boolean autocommit)
      throws Exception {
    String text = "SELECT n::text FROM counted";
    try (Connection connection = connect(reporting, autocommit);
        PreparedStatement query = connection.prepareStatement(text);
        PreparedStatement other = connection.prepareStatement("SELECT n + 1 FROM counted");
        PreparedStatement take = connection.prepareStatement("SELECT take_over(?)")) {
      assertThat(one(query)).isEqualTo("0");
      assertThat(one(query)).isEqualTo("0");
      assertThat(one(other)).isEqualTo("1");
      take.setString(1, nameOf(connection, text));
      assertThat(one(take)).isEqualTo("1");
      commit(connection);

      assertThatThrownBy(() -> one(query)).hasMessageContaining("code ran");
      if (!autocommit) {
        connection.rollback();
      }
      assertThat(one(other)).isEqualTo("1");
    }
  }

  @Test
  void deferredTriggerTakesANameAtTheCommit_whatItPutThereIsRefused() throws Exception {
    String text = "SELECT n::text FROM counted";
    try (Connection connection = connect(true, false);
        PreparedStatement query = connection.prepareStatement(text);
        PreparedStatement defer = connection.prepareStatement("INSERT INTO deferred VALUES (?)")) {
      assertThat(one(query)).isEqualTo("0");
      assertThat(one(query)).isEqualTo("0");
      defer.setString(1, nameOf(connection, text));
      defer.executeUpdate();
      assertThat(one(query)).isEqualTo("0");
      connection.commit();

      assertThatThrownBy(() -> one(query)).hasMessageContaining("code ran");
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = "true\nfalse")
  void isolationLevel_canBeSetAfterASetting(boolean reporting) throws Exception {
    try (Connection connection = connect(reporting, true);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < ROUNDS; i++) {
        statement.execute("BEGIN");
        statement.execute("SET LOCAL search_path = public");
        statement.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        try (ResultSet rows = statement.executeQuery("SELECT bump(0)")) {
          assertThat(rows.next()).isTrue();
        }
        statement.execute("COMMIT");
      }
    }
  }
}
