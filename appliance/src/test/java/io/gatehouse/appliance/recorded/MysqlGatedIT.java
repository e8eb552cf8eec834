package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.mysql.message.ColumnCount;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gate in front of MySQL and MariaDB, with the drivers of their makers. */
class MysqlGatedIT {
  @TempDir private Path folder;

  private MysqlScene scene(Flavour flavour) throws Exception {
    return MysqlScene.start(flavour, folder, "");
  }

  private static String asked(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static ComQuery query(String sql) {
    return new ComQuery(List.of(), sql.getBytes(StandardCharsets.UTF_8));
  }

  private static SQLException refused(MysqlScene scene, String user, String password, String in) {
    SQLException thrown =
        catchThrowableOfType(SQLException.class, () -> scene.connect(user, password, in).close());
    assertThat((Throwable) thrown).as("a refusal of " + user).isNotNull();
    return thrown;
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void everyProofThatIsAPassword_letsIn_onRecordToo(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      scene.provider().tokens().person("erika", "writers");
      try (Connection ann = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD);
          Connection erika = scene.connect("token", scene.provider().tokens().about("erika"))) {
        assertThat(asked(ann, "SELECT 40 + 2")).isEqualTo("42");
        assertThat(asked(erika, "SELECT 'r' 'ead'")).isEqualTo("read");
      }
      List<JournalFolder.Entry> opened = scene.recorded(Kind.SESSION_OPENED);
      assertThat(opened)
          .extracting(entry -> entry.text("subject") + " by " + entry.text("method"))
          .containsExactlyInAnyOrder("ann by local_password", "erika by token");
      assertThat(opened)
          .allSatisfy(
              entry -> {
                assertThat(entry.text("protocol")).isEqualTo(MysqlScene.word(flavour));
                assertThat(entry.text("database")).isEqualTo("bank");
                assertThat(entry.text("account")).isEqualTo("held_native");
                assertThat(entry.text("tls")).startsWith("TLSv1.");
              });
      assertThat(scene.recorded(Kind.COMMAND_INTENT))
          .isNotEmpty()
          .allSatisfy(
              entry -> {
                assertThat(entry.text("verdict")).isEqualTo("allow");
                assertThat(entry.text("rule")).isEqualTo("writers-unread");
              })
          .extracting(entry -> entry.text("text"))
          .contains("SELECT 40 + 2", "SELECT 'r' 'ead'");
      assertThat(scene.recorded(Kind.COMMAND_OUTCOME))
          .hasSameSizeAs(scene.recorded(Kind.COMMAND_INTENT))
          .extracting(entry -> entry.text("outcome"))
          .containsOnly("succeeded");
      assertThat(scene.findings()).isEmpty();
    }
  }

  @Test
  void token_byThePluginForIt_letsIn() throws Exception {
    try (MysqlScene scene = scene(Flavour.MYSQL)) {
      scene.provider().tokens().person("erika", "writers");
      Path token = folder.resolve("token.jwt");
      String options =
          "&defaultAuthenticationPlugin=authentication_openid_connect_client&idTokenFile=" + token;
      Files.writeString(token, scene.provider().tokens().about("erika"));
      try (Connection erika = scene.connect("token", "", "bank", options)) {
        assertThat(asked(erika, "SELECT 'r' 'ead'")).isEqualTo("read");
      }
      Files.writeString(token, scene.provider().tokens().about("erika").replaceFirst(".$", ""));
      SQLException refused =
          catchThrowableOfType(
              SQLException.class, () -> scene.connect("token", "", "bank", options).close());
      assertThat(refused.getErrorCode()).isEqualTo(1045);
      assertThat(scene.recorded(Kind.SESSION_OPENED))
          .extracting(entry -> entry.text("subject") + " by " + entry.text("method"))
          .containsExactly("erika by token");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void preparedStatement_isDecidedTwice_andItsResultsAreOnRecord(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      String options = "&useServerPrepStmts=true";
      scene.policy(MysqlScene.POLICY.replace("record: {results: leave-out}", ""));
      try (Connection ann = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD, "bank", options);
          PreparedStatement sum = ann.prepareStatement("SELECT ? + ?")) {
        for (int i = 0; i < 3; i++) {
          sum.setInt(1, i);
          sum.setInt(2, 40);
          try (ResultSet rows = sum.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(40 + i);
          }
        }
      }
      assertThat(scene.recorded(Kind.COMMAND_INTENT))
          .extracting(entry -> entry.text("stage"))
          .contains("prepare")
          .filteredOn("execute"::equals)
          .hasSizeGreaterThanOrEqualTo(3);
      assertThat(scene.recorded(Kind.RESULT)).hasSizeGreaterThanOrEqualTo(3);
      assertThat(scene.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void issuedCredential_isItsHolder_untilItIsRevoked(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour);
        ControlStore store = scene.store();
        NewCredential made = IdentityScene.issue(store, "erika")) {
      String name = made.credential().name();
      String password = IdentityScene.password(made);
      scene.policy(MysqlScene.POLICY.replace("writers]", "analysts]"));
      try (Connection erika = scene.connect(name, password)) {
        assertThat(asked(erika, "SELECT 1")).isEqualTo("1");
        Instant now = Instant.now();
        store
            .revoke(new Revocation.OfCredential(name, now, now.plusSeconds(99_999)))
            .toCompletableFuture()
            .join();
        SQLException ended =
            catchThrowableOfType(SQLException.class, () -> asked(erika, "SELECT SLEEP(3600)"));
        assertThat((Throwable) ended).isNotNull();
      }
      assertThat(refused(scene, name, password, "bank").getErrorCode()).isEqualTo(1045);
      assertThat(scene.recorded(Kind.SESSION_CLOSED))
          .extracting(entry -> entry.text("reason"))
          .containsExactly("revoked");
      assertThat(scene.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void whatNoRuleAllows_isRefusedInTheWordsOfThePolicy_andTheSessionGoesOn(Flavour flavour)
      throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      Conversation bob = scene.raw(MysqlScene.BOB);
      for (String sql : List.of("SELECT 1", "SELECT 1", "/* ! */ DROP DATABASE bank")) {
        ErrPacket error = MysqlScene.refused(bob, sql);
        assertThat(error.code()).isEqualTo(1142);
        assertThat(error.sqlState()).isEqualTo("42000");
        assertThat(error.message()).startsWith("denied by rule \"default-deny\": no rule allows ");
      }
      SQLException thrown = refused(scene, MysqlScene.BOB, MysqlScene.PASSWORD, "bank");
      // One driver says it itself, the other in the cause.
      assertThat((Throwable) thrown).hasStackTraceContaining("default-deny");
      assertThat(scene.recorded(Kind.COMMAND_INTENT))
          .hasSizeGreaterThan(3)
          .allSatisfy(entry -> assertThat(entry.text("verdict")).isEqualTo("deny"));
      assertThat(scene.recorded(Kind.COMMAND_OUTCOME))
          .extracting(entry -> entry.text("outcome"))
          .containsOnly("refused");
      assertThat(scene.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void fileOfTheClient_isLoadedWhereThePolicyAllows_andOnRecord(Flavour flavour) throws Exception {
    String driver = flavour == Flavour.MYSQL ? "allowLoadLocalInfile" : "allowLocalInfile";
    Path file = Files.writeString(folder.resolve("lines.csv"), "one\ntwo\n");
    String load = "LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE bank.loaded";
    String allowed = MysqlScene.POLICY.replace("record: {results: leave-out}", "");
    try (MysqlScene scene = scene(flavour)) {
      scene.policy(allowed);
      try (Connection ann =
              scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD, "bank", "&" + driver + "=true");
          Statement statement = ann.createStatement()) {
        statement.execute("DROP TABLE IF EXISTS bank.loaded");
        statement.execute("CREATE TABLE bank.loaded (line TEXT)");
        assertThat(statement.executeUpdate(load)).isEqualTo(2);
        scene.policy(
            allowed
                + """
                  - name: no-transfer
                    operations: [transfer]
                    verdict: deny
                """);
        SQLException refused =
            catchThrowableOfType(SQLException.class, () -> statement.executeUpdate(load));
        assertThat(refused.getErrorCode()).isEqualTo(1142);
        assertThat(asked(ann, "SELECT COUNT(*) FROM bank.loaded")).isEqualTo("2");
      }
      assertThat(scene.recorded(Kind.RESULT))
          .filteredOn(entry -> entry.field("from-caller").equals(new Datum.Flag(true)))
          .extracting(
              entry ->
                  new String(((Datum.Bytes) entry.field("data")).value(), StandardCharsets.UTF_8))
          .first()
          .asString()
          .contains("one\ntwo\n");
      UUID session = scene.recorded(Kind.SESSION_OPENED).getFirst().session();
      assertThat(scene.shown(session)).contains("(the caller sent ");
      assertThat(scene.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void passwordInAText_isNotOnRecord(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      Conversation ann = scene.raw(MysqlScene.ANN);
      for (String sql :
          List.of(
              "SET PASSWORD FOR 'no'@'body' = 'plum-7'",
              "/*! SET PASSWORD FOR 'no'@'body' = 'plum-7' */",
              "ALTER USER 'no'@'body' IDENTIFIED BY \"plum-7\"",
              "SELECT AES_ENCRYPT('told', 'plum-7')")) {
        ann.ask(query(sql));
      }
      assertThat(scene.recorded(Kind.COMMAND_INTENT))
          .extracting(entry -> entry.text("text"))
          .hasSize(4)
          .allSatisfy(text -> assertThat(text).contains("(redacted)").doesNotContain("plum"))
          .first()
          .asString()
          .startsWith("SET PASSWORD FOR ");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void resultOnRecord_isShownAsTheCallerSawIt(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      assertThat(scene.policy(MysqlScene.POLICY.replace("    record: {results: leave-out}\n", "")))
          .isTrue();
      Conversation ann = scene.raw(MysqlScene.ANN);
      ann.ask(query("SELECT 'plum' AS fruit, 41 + 1 AS n UNION ALL SELECT NULL, 7"));
      UUID session = scene.recorded(Kind.SESSION_OPENED).getFirst().session();
      assertThat(scene.shown(session))
          .contains("fruit", "plum", "42", "NULL", "2 rows")
          .doesNotContain("not shown yet", "cannot be read");
      assertThat(scene.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void denyOfAThing_isForStatementsThatTouchIt(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      Conversation ann = scene.raw(MysqlScene.ANN);
      ann.ask(query("CREATE TABLE denied (id INT PRIMARY KEY, ssn VARCHAR(11))"));
      String more =
          """
            - name: forbidden
              KEY
              verdict: deny
          """;
      Map<String, String> forbids =
          Map.of(
              "resources: {tables: [bank.denied]}", "SELECT COUNT(*) FROM denied",
              "resources: {columns: [bank.denied.ssn]}", "SELECT SSN FROM bank.denied d",
              "operations: [define]", "CREATE TABLE other (id INT)",
              "operations: [delete]", "DELETE FROM denied WHERE id = 1",
              "traits: {any: [files]}", "SELECT LOAD_FILE('/nowhere')");
      for (Map.Entry<String, String> one : forbids.entrySet()) {
        assertThat(scene.policy(MysqlScene.POLICY + more.replace("KEY", one.getKey()))).isTrue();
        assertThat(MysqlScene.refused(ann, one.getValue()).message())
            .as(one.getKey())
            .startsWith("denied by rule \"forbidden\"");
        assertThat(ann.ask(query("SELECT 1")).getFirst()).isInstanceOf(ColumnCount.class);
      }
      assertThat(scene.policy(MysqlScene.POLICY)).isTrue();
      ann.ask(query("DROP TABLE denied"));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void wrongProofs_areRefusedAlike_onRecordToo(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      for (String user : List.of(MysqlScene.ANN, "nobody", "gh-0000000000", "token")) {
        SQLException thrown = refused(scene, user, "wrong", "bank");
        assertThat(thrown.getErrorCode()).isEqualTo(1045);
        assertThat(thrown.getSQLState()).isEqualTo("28000");
        assertThat(thrown.getMessage()).contains("Access denied for user '" + user + "'");
      }
      assertThat(scene.metrics())
          .contains("gatehouse_sessions{listener=\"main\"} 0.0")
          .contains("gatehouse_connections_closed_total{");
      assertThat(scene.recorded(Kind.LOGIN_REFUSED)).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void databaseThatIsLeftOut_isTheOnlyOne_andAnUnknownOneIsRefused(Flavour flavour)
      throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      try (Connection ann = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD, "")) {
        assertThat(asked(ann, "SELECT DATABASE()")).isEqualTo("bank");
      }
      SQLException thrown = refused(scene, MysqlScene.ANN, MysqlScene.PASSWORD, "other");
      assertThat(thrown.getErrorCode()).isEqualTo(1049);
      assertThat(scene.recorded(Kind.SESSION_OPENED))
          .extracting(entry -> entry.text("database"))
          .containsExactly("bank");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void sessionsAtTheirLimit_areSaidSo(Flavour flavour) throws Exception {
    try (MysqlScene scene = MysqlScene.start(flavour, folder, ", sessions: 1")) {
      try (Connection ann = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD)) {
        assertThat(refused(scene, MysqlScene.ANN, MysqlScene.PASSWORD, "bank").getErrorCode())
            .isEqualTo(1040);
        assertThat(asked(ann, "SELECT 1")).isEqualTo("1");
      }
      assertThat(scene.metrics()).contains("gatehouse_limit_reached_total{limit=\"sessions\"} 1.0");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void resultsAreMaskedAndSearched(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour);
        Connection ann = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD)) {
      ann.createStatement().execute("CREATE TABLE masked (id INT, ssn VARCHAR(11), note TEXT)");
      ann.createStatement()
          .execute("INSERT INTO masked VALUES (1, '536-22-8726', 'pay 4111111111111111 now')");
      assertThat(
              scene.policy(
                  """
                  detectors:
                    forms: {kinds: [pan]}
                  """
                      + MysqlScene.POLICY
                      + """
                        - name: no-forms
                          verdict: detect
                          detector: forms
                        - name: no-numbers
                          resources: {columns: [bank.masked.ssn]}
                          verdict: mask
                          mask: redact
                      """))
          .isTrue();
      try (PreparedStatement some =
              ann.prepareStatement("SELECT m.note, m.SSN AS s FROM masked m WHERE id = ?");
          Statement text = ann.createStatement()) {
        some.setInt(1, 1);
        for (ResultSet rows :
            List.of(some.executeQuery(), text.executeQuery("SELECT note, ssn FROM masked"))) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("pay [pan] now");
          assertThat(rows.getString(2)).isEqualTo("****");
        }
      }
      assertThat(scene.policy(MysqlScene.POLICY)).isTrue();
      ann.createStatement().execute("DROP TABLE masked");
    }
  }
}
