package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.appliance.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the gate while 32 clients work: whatever the server says it executed, the
 * journal knew before. Long with {@code -Dgatehouse.long=true}.
 */
final class KilledIT {
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 200 : 3;
  private static final long SEED = Long.getLong("gatehouse.seed", 20261122);
  private static final int CLIENTS = 32;

  /** Round, client, number: in a text or in a value. */
  private static final Pattern MARK = Pattern.compile("k\\d+-(\\d+)-(\\d+)x");

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private EmbeddedPostgres server;
  private Path serverLog;

  @BeforeEach
  void start() throws Exception {
    serverLog = folder.resolve("server.log");
    server =
        BriefServer.builder()
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(serverLog.toFile()))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(serverLog.toFile()))
            .setServerConfig("log_statement", "all")
            .setServerConfig("log_destination", "stderr")
            .setServerConfig("logging_collector", "off")
            .setServerConfig("max_connections", "200")
            .start();
    run("postgres", "CREATE ROLE gate LOGIN");
    run("postgres", "CREATE DATABASE bank OWNER gate");
    run("bank", "CREATE TABLE seen (mark text); GRANT ALL ON seen TO gate");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void run(String database, String sql) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void gateKilledUnderLoad_everythingThatRanIsOnRecord() throws Exception {
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    ServedGate.Ports ports = ServedGate.configure(folder, server.getPort(), journal, "");
    AtomicLong answered = new AtomicLong();
    for (int round = 0; round < ROUNDS; round++) {
      try (ServedGate gate = ServedGate.start(folder, ports, List.of())) {
        killUnderLoad(gate, round, answered);
      }
      awaitNoBackends();
    }
    try (ServedGate gate = ServedGate.start(folder, ports, List.of())) {
      assertThat(gate.stop()).as(gate::output).isZero();
    }
    check(journal, answered.get());
  }

  private void killUnderLoad(ServedGate gate, int round, AtomicLong answered) throws Exception {
    CountDownLatch working = new CountDownLatch(CLIENTS);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String name = "k" + round + "-" + i + "-";
      boolean prepared = i % 2 == 0;
      clients.add(Thread.ofPlatform().start(() -> work(gate, name, prepared, working, answered)));
    }
    assertThat(working.await(60, TimeUnit.SECONDS)).as(gate::output).isTrue();
    boolean never = new CountDownLatch(1).await(random.nextInt(400_000), TimeUnit.MICROSECONDS);
    assertThat(never).isFalse();
    gate.kill();
    for (Thread client : clients) {
      assertThat(client.join(Duration.ofSeconds(60))).as("seed %d: a client hangs", SEED).isTrue();
    }
  }

  /** Until the gate is gone. */
  private static void work(
      ServedGate gate, String name, boolean prepared, CountDownLatch working, AtomicLong answered) {
    try (Connection connection = gate.connect();
        Statement simple = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO public.seen VALUES (?)")) {
      for (int number = 0; ; number++) {
        String mark = name + number + "x";
        if (prepared) {
          insert.setString(1, mark);
          insert.executeUpdate();
        } else {
          simple.execute("SELECT '" + mark + "'");
        }
        answered.incrementAndGet();
        if (number == 0) {
          working.countDown();
        }
      }
    } catch (SQLException killed) {
      // That is what happens to it.
    }
  }

  /** What it has begun it has also logged then. */
  private void awaitNoBackends() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try (Connection connection = server.getPostgresDatabase().getConnection();
                  Statement statement = connection.createStatement();
                  ResultSet rows =
                      statement.executeQuery(
                          "SELECT count(*) FROM pg_stat_activity WHERE usename = 'gate'")) {
                return rows.next() && rows.getInt(1) == 0;
              }
            });
  }

  private void check(JournalFolder journal, long answered) throws Exception {
    Map<String, Long> onRecord = new HashMap<>();
    Map<String, Integer> lastOfClient = new HashMap<>();
    Map<Datum, Set<String>> prepared = new HashMap<>();
    Set<Long> intents = new HashSet<>();
    Set<Long> outcomes = new HashSet<>();
    journal.each(
        entry -> {
          if (entry.kind() == Kind.COMMAND_OUTCOME) {
            assertThat(intents).contains(entry.answers());
            assertThat(outcomes.add(entry.answers())).isTrue();
          } else if (entry.kind() == Kind.COMMAND_INTENT) {
            intents.add(entry.sequence());
            Set<String> marks = marks(entry, prepared);
            if (entry.text("stage").equals("execute")) {
              marks.forEach(mark -> note(mark, entry, onRecord, lastOfClient));
            } else {
              prepared.put(new Datum.Count(entry.sequence()), marks);
            }
          }
        });
    Set<String> executed = marks(Files.readString(serverLog, StandardCharsets.ISO_8859_1));
    assertThat(executed).as("seed %d", SEED).hasSizeGreaterThanOrEqualTo((int) answered);
    assertThat(onRecord.keySet()).as("seed %d", SEED).containsAll(executed);
    JournalFolder.Audit audit = journal.audit();
    assertThat(audit.report().counts().keySet())
        .as("seed %d: %s", SEED, audit.findings())
        .isSubsetOf(
            io.gatehouse.verifier.Kind.INTENT_WITHOUT_OUTCOME, io.gatehouse.verifier.Kind.LOST);
    Measured.keep(
        KilledIT.class,
        "kill -9 of the gate under " + CLIENTS + " clients",
        Long.toString(SEED),
        "%d rounds: %d commands executed, %d answered, %d intents on record, none missing; %s"
            .formatted(
                ROUNDS, executed.size(), answered, onRecord.size(), audit.report().counts()));
  }

  /** Of its text, wherever that is, and of its values. */
  private static Set<String> marks(JournalFolder.Entry intent, Map<Datum, Set<String>> prepared) {
    Set<String> found = marks(intent.text("text"));
    found.addAll(prepared.getOrDefault(intent.field("prepared-by"), Set.of()));
    intent
        .values()
        .forEach(value -> found.addAll(marks(new String(value, StandardCharsets.UTF_8))));
    return found;
  }

  private static Set<String> marks(String text) {
    Set<String> found = new HashSet<>();
    Matcher matcher = MARK.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  /** Once each, and of each client in the order in which it sent them. */
  private static void note(
      String mark,
      JournalFolder.Entry entry,
      Map<String, Long> onRecord,
      Map<String, Integer> lastOfClient) {
    assertThat(onRecord.put(mark, entry.sequence())).as(mark + " twice").isNull();
    String client = mark.substring(0, mark.lastIndexOf('-'));
    int number = Integer.parseInt(mark.substring(client.length() + 1, mark.length() - 1));
    Integer before = lastOfClient.put(client, number);
    assertThat(number).as(mark).isEqualTo(before == null ? 0 : before + 1);
  }
}
