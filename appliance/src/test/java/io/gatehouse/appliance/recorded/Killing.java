package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.measured.Measured;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

/**
 * {@code kill -9} of a gate while 32 clients work, round after round, and the journal held against
 * what the server says it executed. Long with {@code -Dgatehouse.long=true}.
 */
final class Killing {
  private static final int ROUNDS =
      Integer.getInteger("gatehouse.rounds", Boolean.getBoolean("gatehouse.long") ? 200 : 3);
  private static final long SEED = Long.getLong("gatehouse.seed", 20261122);
  private static final int CLIENTS = 32;

  /** Round, client, number: in a text or in a value. */
  private static final Pattern MARK = Pattern.compile("k\\d+-(\\d+)-(\\d+)x");

  private final Path folder;
  private final ServedGate.Ports ports;
  private final JournalFolder journal;
  private final Random random = new Random(SEED);
  private final AtomicLong answered = new AtomicLong();

  /**
   * @param folder with the configuration
   */
  Killing(Path folder, ServedGate.Ports ports, JournalFolder journal) {
    this.folder = folder;
    this.ports = ports;
    this.journal = journal;
  }

  /** A client's way to the gate. */
  interface Entrance {
    Connection connect(ServedGate gate) throws SQLException;
  }

  /** The server behind the gate. */
  interface Server {
    /**
     * Waits until it has ended the sessions of the gate: what it has begun it has also logged then.
     */
    void awaitNobody() throws Exception;

    /** Where it logs what it executes, with the values. */
    Path log();
  }

  /**
   * Clients insert values by prepared statements into {@code seen}, or have them in the text.
   *
   * @param seen as it is named in a statement
   */
  void everythingThatRan_isOnRecord(
      Class<?> test, String what, String seen, Entrance entrance, Server server) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (ServedGate gate = ServedGate.start(folder, ports, List.of())) {
        killUnderLoad(gate, entrance, "INSERT INTO " + seen + " VALUES (?)", round);
      }
      server.awaitNobody();
    }
    try (ServedGate gate = ServedGate.start(folder, ports, List.of())) {
      assertThat(gate.stop()).as(gate::output).isZero();
    }
    check(test, what, server.log());
  }

  private void killUnderLoad(ServedGate gate, Entrance entrance, String insert, int round)
      throws Exception {
    CountDownLatch working = new CountDownLatch(CLIENTS);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String name = "k" + round + "-" + i + "-";
      boolean prepared = i % 2 == 0;
      Session session = new Session(name, prepared ? insert : "", working);
      clients.add(Thread.ofPlatform().start(() -> work(gate, entrance, session)));
    }
    assertThat(working.await(5, TimeUnit.MINUTES)).as(gate::output).isTrue();
    boolean never = new CountDownLatch(1).await(random.nextInt(400_000), TimeUnit.MICROSECONDS);
    assertThat(never).isFalse();
    gate.kill();
    for (Thread client : clients) {
      assertThat(client.join(Duration.ofSeconds(60))).as("seed %d: a client hangs", SEED).isTrue();
    }
  }

  /**
   * What one client does.
   *
   * @param insert what it prepares, or empty
   */
  private record Session(String name, String insert, CountDownLatch working) {}

  /** Until the gate is gone. */
  private void work(ServedGate gate, Entrance entrance, Session session) {
    try (Connection connection = entrance.connect(gate)) {
      if (session.insert.isEmpty()) {
        try (Statement simple = connection.createStatement()) {
          goOn(session, mark -> simple.execute("SELECT '" + mark + "'"));
        }
      } else {
        try (PreparedStatement insert = connection.prepareStatement(session.insert)) {
          goOn(session, mark -> insert(insert, mark));
        }
      }
    } catch (SQLException killed) {
      // That is what happens to it.
    }
  }

  private static void insert(PreparedStatement insert, String mark) throws SQLException {
    insert.setString(1, mark);
    insert.executeUpdate();
  }

  private interface Execution {
    void execute(String mark) throws SQLException;
  }

  private void goOn(Session session, Execution execution) throws SQLException {
    for (int number = 0; ; number++) {
      execution.execute(session.name + number + "x");
      answered.incrementAndGet();
      if (number == 0) {
        session.working.countDown();
      }
    }
  }

  private void check(Class<?> test, String what, Path serverLog) throws Exception {
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
    assertThat(executed).as("seed %d", SEED).hasSizeGreaterThanOrEqualTo(answered.intValue());
    assertThat(onRecord.keySet()).as("seed %d", SEED).containsAll(executed);
    JournalFolder.Audit audit = journal.audit();
    assertThat(audit.report().counts().keySet())
        .as("seed %d: %s", SEED, audit.findings())
        .isSubsetOf(
            io.gatehouse.verifier.Kind.INTENT_WITHOUT_OUTCOME, io.gatehouse.verifier.Kind.LOST);
    Measured.keep(
        test,
        "kill -9 of the gate under " + CLIENTS + " clients" + what,
        Long.toString(SEED),
        "%d rounds: %d commands executed, %d answered, %d intents on record, none missing; %s"
            .formatted(
                ROUNDS, executed.size(), answered.get(), onRecord.size(), audit.report().counts()));
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
