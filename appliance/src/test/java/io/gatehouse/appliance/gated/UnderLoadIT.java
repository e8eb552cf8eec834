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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once, while the policy is another one every moment; and limits. */
class UnderLoadIT {
  private static final int CLIENTS = 32;
  private static final int CHANGES = Boolean.getBoolean("gatehouse.long") ? 100 : 8;
  private static final String OPEN =
      """
      rules:
        - {name: read, operations: [session, read], verdict: allow}
      """;
  private static final String CLOSED =
      OPEN + "  - {name: closed, resources: {tables: [\"*.orders\"]}, verdict: deny}\n";

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
    gate = GatedDatabase.start(folder, server, "app", OPEN).user("ann", "analysts");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  /** A client that saw the same number around its command knows what the answer must be. */
  private final AtomicInteger phase = new AtomicInteger();

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  private enum Mode {
    OPEN,
    CHANGING,
    CLOSED
  }

  private static Mode mode(int phase) {
    return switch (phase % 4) {
      case 0 -> Mode.OPEN;
      case 2 -> Mode.CLOSED;
      default -> Mode.CHANGING;
    };
  }

  /** Never fails but for a wrong answer or a lost connection. */
  private Void load(int number) throws SQLException {
    String options =
        "ApplicationName=load&prepareThreshold="
            + (number % 3)
            + "&preferQueryMode="
            + (number % 4 == 0 ? "simple" : "extended");
    try (Connection connection = gate.connect("ann", options);
        PreparedStatement orders =
            connection.prepareStatement("SELECT count(*) FROM orders WHERE id > ?");
        PreparedStatement customer =
            connection.prepareStatement("SELECT name FROM customers WHERE id = ?")) {
      for (int i = 1; phase.get() < 4 * CHANGES; i = i % 9 + 1) {
        customer.setInt(1, i);
        assertThat(one(customer)).isEqualTo("NAME-000" + i);
        orders.setInt(1, -1);
        int before = phase.get();
        String answer = oneOrRule(orders);
        int after = phase.get();
        if (before == after) {
          check(mode(before), answer);
        }
      }
    }
    return null;
  }

  private void check(Mode mode, String answer) {
    switch (mode) {
      case OPEN -> {
        assertThat(answer).isEqualTo("50");
        answered.incrementAndGet();
      }
      case CLOSED -> {
        assertThat(answer).isEqualTo("closed");
        refused.incrementAndGet();
      }
      case CHANGING -> assertThat(answer).isIn("50", "closed");
    }
  }

  private static String one(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static String oneOrRule(PreparedStatement query) throws SQLException {
    try {
      return one(query);
    } catch (SQLException e) {
      if ("42501".equals(e.getSQLState())
          && String.valueOf(e.getMessage()).contains("\"closed\"")) {
        return "closed";
      }
      throw e;
    }
  }

  @Test
  void policyReplacedUnderLoad_verdictsFollowAndNobodyIsDropped() throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        running.add(clients.submit(() -> load(number)));
      }
      for (int i = 0; i < CHANGES; i++) {
        seen(answered, running);
        phase.incrementAndGet();
        assertThat(gate.policy(CLOSED)).isTrue();
        phase.incrementAndGet();
        seen(refused, running);
        phase.incrementAndGet();
        assertThat(gate.policy(OPEN)).isTrue();
        phase.incrementAndGet();
      }
      for (Future<Void> client : running) {
        client.get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** Several answers of this kind have come since, or somebody failed. */
  private static void seen(AtomicInteger count, List<Future<Void>> running) {
    int before = count.get();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> count.get() >= before + 2 * CLIENTS || running.stream().anyMatch(Future::isDone));
  }

  private static int rows(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  private void limited(String limits) throws Exception {
    String limited = OPEN.replace("verdict: allow}", "verdict: allow, limits: {" + limits + "}}");
    assertThat(gate.policy(limited)).isTrue();
  }

  @Test
  void rowsOverTheLimit_anErrorAndTheSessionGoesOn() throws Exception {
    limited("rows: 50");
    for (String options : List.of("preferQueryMode=simple", "", "defaultRowFetchSize=7")) {
      try (Connection ann = gate.connect("ann", options)) {
        ann.setAutoCommit(!options.contains("Fetch"));
        try (Statement statement = ann.createStatement()) {
          assertThat(rows(statement, "SELECT id FROM customers LIMIT 50")).isEqualTo(50);
          assertThatThrownBy(() -> rows(statement, "SELECT id FROM customers LIMIT 51"))
              .as(options)
              .isInstanceOf(SQLException.class);
          if (!ann.getAutoCommit()) {
            ann.rollback();
          }
          assertThat(rows(statement, "SELECT id FROM customers LIMIT 50")).isEqualTo(50);
        }
      }
    }
  }

  @Test
  void bytesOverTheLimit_anErrorAndTheSessionGoesOn() throws Exception {
    limited("bytes: 64KiB");
    try (Connection ann = gate.connect("ann", "");
        Statement statement = ann.createStatement()) {
      assertThat(rows(statement, "SELECT repeat('x', 60000)")).isEqualTo(1);
      assertThatThrownBy(() -> rows(statement, "SELECT repeat('x', 6000) FROM customers LIMIT 20"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> rows(statement, "SELECT repeat('x', 70000)"))
          .isInstanceOf(SQLException.class);
      assertThat(rows(statement, "SELECT 1")).isEqualTo(1);
    }
  }

  @Test
  void timeOverTheLimit_anErrorAndTheSessionGoesOn() throws Exception {
    limited("time: 500ms");
    try (Connection ann = gate.connect("ann", "");
        Statement statement = ann.createStatement()) {
      assertThatThrownBy(
              () ->
                  rows(
                      statement,
                      "SELECT count(*) FROM customers a, customers b, customers c, customers d"
                          + " WHERE a.name || b.name || c.name || d.name = 'nobody'"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(rows(statement, "SELECT 1")).isEqualTo(1);
      assertThat(rows(statement, "SELECT id FROM customers")).isEqualTo(200);
    }
  }
}
