package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.gated.GatedDatabase;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** What the policy says is never to be stored is in no record, in whatever way it came or went. */
class OmittedIT {
  private static final String POLICY =
      """
      rules:
        - name: authentication-data
          resources: {columns: ["*.cards.cvv"], functions: [public.put]}
          verdict: omit
        - name: no-secrets
          resources: {tables: [public.secrets]}
          verdict: deny
        - name: everything
          verdict: allow
          bodies: unread
      """;

  /** What is stored in the column, or said where it is. */
  private static final String NEVER = "cvv-7351";

  private RealDatabase server;
  @TempDir private Path folder;
  private JournalFolder journal;

  @BeforeEach
  void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN");
    server.run("CREATE TABLE cards (pan text, cvv text); CREATE TABLE secrets (s text)");
    server.run("CREATE VIEW shown AS SELECT pan, upper(cvv) AS code FROM cards");
    server.run(
        "CREATE FUNCTION put(v text) RETURNS int LANGUAGE sql"
            + " AS 'UPDATE cards SET cvv = v; SELECT 1'");
    server.run("CREATE VIEW plain AS SELECT pan, cvv AS code FROM cards");
    server.run("INSERT INTO cards VALUES ('pan-1', '" + NEVER + "')");
    server.run("GRANT ALL ON ALL TABLES IN SCHEMA public TO app");
    journal = JournalFolder.make(folder.resolve("kept"));
  }

  @AfterEach
  void end() throws Exception {
    server.close();
  }

  private GatedDatabase gate() throws Exception {
    Path place = Files.createDirectories(folder.resolve("gate"));
    return GatedDatabase.with(journal.section(""), place, server, "app", POLICY).user("ann");
  }

  private static void ask(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).as(sql).isTrue();
    }
  }

  private static void inEveryWay(Connection ann) throws Exception {
    try (Statement statement = ann.createStatement()) {
      statement.execute("INSERT INTO cards VALUES ('pan-2', '" + NEVER + "')");
      statement.execute("INSERT INTO cards (pan, cvv) VALUES ('pan-3', '" + NEVER + "')");
      statement.execute("UPDATE cards SET cvv = '" + NEVER + "' WHERE pan = 'pan-1'");
      ask(statement, "SELECT * FROM cards");
      ask(statement, "SELECT pan FROM cards WHERE cvv = '" + NEVER + "'");
      ask(statement, "SELECT c FROM cards c");
      ask(statement, "SELECT code FROM shown");
      assertThat(statement.execute("SELECT 1; SELECT lower(cvv) FROM cards")).isTrue();
      statement.execute("INSERT INTO plain VALUES ('pan-6', '" + NEVER + "')");
      ask(
          statement,
          "WITH one AS (UPDATE cards SET cvv = '" + NEVER + "' RETURNING cvv) SELECT * FROM one");
      statement.execute("PREPARE keep(text) AS UPDATE cards SET cvv = $1");
      statement.execute("EXECUTE keep('" + NEVER + "')");
      statement.execute("DEALLOCATE keep");
      statement.execute("DO $$ BEGIN UPDATE cards SET cvv = '" + NEVER + "'; END $$");
      ask(statement, "SELECT put('" + NEVER + "')");
      statement.execute("BEGIN; DECLARE each_one CURSOR FOR SELECT cvv FROM cards");
      ask(statement, "FETCH ALL FROM each_one");
      statement.execute("COMMIT");
      statement.execute("DELETE FROM cards WHERE cvv = '" + NEVER + "' AND pan = 'pan-2'");
      assertThatThrownBy(
              () -> statement.execute("SELECT s FROM secrets, cards WHERE cvv = '" + NEVER + "'"))
          .hasMessageContaining("no-secrets");
      assertThatThrownBy(() -> statement.execute("INSRT INTO cards VALUES ('" + NEVER + "')"))
          .isInstanceOf(SQLException.class);
    }
    try (PreparedStatement insert = ann.prepareStatement("INSERT INTO cards VALUES (?, ?)")) {
      for (int i = 0; i < 8; i++) {
        insert.setString(1, "pan-4");
        insert.setString(2, NEVER);
        insert.executeUpdate();
      }
    }
    PGConnection copying = ann.unwrap(PGConnection.class);
    copying
        .getCopyAPI()
        .copyIn("COPY cards FROM STDIN", new StringReader("pan-5\t" + NEVER + "\n"));
  }

  @Test
  void whatIsNeverToBeStored_isInNoRecord() throws Exception {
    try (GatedDatabase gate = gate()) {
      for (String mode : List.of("simple", "extended", "extendedForPrepared")) {
        try (Connection ann = gate.connect("ann", "preferQueryMode=" + mode)) {
          inEveryWay(ann);
          try (Statement statement = ann.createStatement()) {
            ask(statement, "SELECT pan FROM cards WHERE pan = 'pan-3'");
          }
        }
      }
    }
    assertThat(journal.audit().findings()).isEmpty();
    List<JournalFolder.Entry> entries = journal.entries();
    for (JournalFolder.Entry entry : entries) {
      String said = entry.fields().values().stream().map(OmittedIT::text).collect(joined());
      assertThat(said).as("%s", entry.kind()).doesNotContainIgnoringCase(NEVER);
    }
    List<JournalFolder.Entry> intents =
        entries.stream().filter(entry -> entry.kind() == Kind.COMMAND_INTENT).toList();
    assertThat(intents.stream().map(entry -> entry.text("results")))
        .contains("omitted-by authentication-data", "whole");
    assertThat(intents)
        .filteredOn(entry -> entry.text("results").startsWith("omitted-by"))
        .hasSizeGreaterThan(60)
        .allSatisfy(entry -> assertThat(entry.text("text")).isEmpty())
        .anySatisfy(entry -> assertThat(entry.text("fingerprint")).contains("update cards"));
    assertThat(intents)
        .filteredOn(entry -> entry.text("text").contains("WHERE pan = 'pan-3'"))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.text("results")).isEqualTo("whole"));
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining("\n");
  }

  private static String text(Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text;
      case Datum.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.ISO_8859_1);
      case Datum.Row(List<Datum> values) -> values.stream().map(OmittedIT::text).collect(joined());
      case Datum.Count _, Datum.Flag _, Datum.Nothing _ -> "";
    };
  }
}
