package io.gatehouse.appliance.gated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.sql.attacks.AttackList;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of a real driver, decided by a policy, at a real server. */
class DecidedIT {
  private static final String POLICY =
      """
      tags:
        pii:
          columns: ["*.*.ssn"]
      rules:
        - name: no-pii
          callers: {groups: [analysts]}
          resources: {tags: [pii]}
          verdict: deny
          message: "personal data is not for analysts"
        - name: read
          callers: {groups: [analysts]}
          operations: [session, read]
          verdict: allow
        - name: clerks
          callers: {groups: [clerks]}
          operations: [session, read, write]
          verdict: allow
      """;

  private static RealDatabase server;
  @TempDir private Path folder;
  private GatedDatabase gate;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run(AttackList.fixture());
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    gate =
        GatedDatabase.start(folder, server, "app", POLICY)
            .user("ann", "analysts")
            .user("carl", "clerks");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
  void read_allowed_answers(String mode) throws Exception {
    try (Connection connection = gate.connect("ann", "preferQueryMode=" + mode)) {
      assertThat(one(connection, "SELECT count(*) FROM orders")).isEqualTo("51");
      assertThat(one(connection, "SELECT name FROM customers WHERE id = 1")).isEqualTo("NAME-0001");
      assertThat(one(connection, "SELECT count(*) FROM orders")).isEqualTo("51");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended"})
  void protectedColumn_denied_sessionGoesOn(String mode) throws Exception {
    try (Connection connection = gate.connect("ann", "preferQueryMode=" + mode)) {
      assertThatThrownBy(() -> one(connection, "SELECT ssn FROM customers"))
          .isInstanceOfSatisfying(
              SQLException.class,
              refused -> {
                assertThat(refused.getSQLState()).isEqualTo("42501");
                assertThat(refused.getMessage())
                    .contains("no-pii", "personal data is not for analysts", "Hint:");
              });

      assertThat(one(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void sameText_otherGroup_otherVerdict() throws Exception {
    String text = "UPDATE orders SET amount = amount WHERE id = 1";
    try (Connection ann = gate.connect("ann", "");
        Connection carl = gate.connect("carl", "");
        Statement hers = ann.createStatement();
        Statement his = carl.createStatement()) {
      assertThat(his.executeUpdate(text)).isEqualTo(1);
      assertThatThrownBy(() -> hers.executeUpdate(text)).hasMessageContaining("default-deny");
      assertThat(his.executeUpdate(text)).isEqualTo(1);
    }
  }

  @Test
  void policyReplaced_nextCommandIsDecidedByIt() throws Exception {
    try (Connection ann = gate.connect("ann", "")) {
      assertThat(one(ann, "SELECT count(*) FROM orders")).isEqualTo("51");

      assertThat(gate.policy(POLICY.replace("[session, read]", "[session]"))).isTrue();

      assertThatThrownBy(() -> one(ann, "SELECT count(*) FROM orders"))
          .hasMessageContaining("default-deny");
      assertThat(gate.policy("rules: [{name: x, verdict: perhaps}]\n")).isFalse();
      assertThatThrownBy(() -> one(ann, "SELECT count(*) FROM orders"))
          .hasMessageContaining("default-deny");
      assertThat(gate.policy(POLICY)).isTrue();
      assertThat(one(ann, "SELECT count(*) FROM orders")).isEqualTo("51");
    }
  }

  @Test
  void pathMoved_nextNamesAreThoseOfTheNewPath() throws Exception {
    try (Connection ann = gate.connect("ann", "preferQueryMode=simple");
        Statement statement = ann.createStatement()) {
      statement.execute("SET search_path = pub");
      assertThat(one(ann, "SELECT count(*) FROM customers")).isNotNull();
      statement.execute("RESET search_path");
      assertThat(one(ann, "SELECT count(*) FROM customers")).isEqualTo("200");
    }
  }

  @Test
  void preparedInDriver_valuesVary() throws Exception {
    try (Connection ann = gate.connect("ann", "prepareThreshold=2");
        PreparedStatement query = ann.prepareStatement("SELECT name FROM customers WHERE id = ?")) {
      for (int i = 1; i <= 9; i++) {
        query.setInt(1, i);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("NAME-000" + i);
        }
      }
    }
  }
}
