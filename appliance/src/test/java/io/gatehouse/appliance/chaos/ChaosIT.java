package io.gatehouse.appliance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of clients, the gate and backends under load. Long with {@code
 * -Dgatehouse.long=true}; {@code -Dgatehouse.seed} repeats what was chosen, though not its timing.
 */
final class ChaosIT {
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 100 : 3;
  private static final long SEED = Long.getLong("gatehouse.seed", System.nanoTime());
  private static final int CLIENTS = 6;

  /** A killed backend makes the server restart all others and recover first. */
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  /** The longest statement sleeps for half of it. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private enum Blow {
    CLIENT,
    GATE,
    BACKEND_KILLED,
    BACKEND_TERMINATED
  }

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final Ledger ledger = new Ledger();
  private final AtomicInteger port = new AtomicInteger();
  private final List<Workload> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private ChaosDatabase database;
  private GateProcess gate;
  private long idleDescriptors;

  @BeforeEach
  void start() throws Exception {
    Certificates.make().write(folder);
    Files.setPosixFilePermissions(
        folder.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
    GateProcess.writeUsers(folder);
    database = ChaosDatabase.start(folder);
    startGate();
  }

  @AfterEach
  void stop() throws Exception {
    clients.forEach(Workload::stop);
    gate.close();
    database.close();
  }

  /** Ready, and used once, so that whatever it opens at first use is open. */
  private void startGate() throws Exception {
    gate = GateProcess.start(folder, database.port());
    try (Connection connection =
        await()
            .atMost(RECOVERY)
            .ignoreExceptionsInstanceOf(SQLException.class)
            .until(() -> Workload.connect(gate.port(), authority()), it -> true)) {
      assertThat(connection.isValid(10)).isTrue();
    }
    await().atMost(IDLE).until(() -> gate.sessions() == 0);
    idleDescriptors = gate.descriptors();
    port.set(gate.port());
  }

  private Path authority() {
    return folder.resolve("ca.crt");
  }

  private void startClients() {
    for (int i = 0; i < CLIENTS; i++) {
      Workload client = new Workload(port::get, authority(), ledger, SEED + i);
      clients.add(client);
      threads.add(Thread.ofPlatform().daemon().name("chaos-client-" + i).start(client));
    }
  }

  private void strike(Blow blow) throws Exception {
    switch (blow) {
      case CLIENT -> killAClient();
      case GATE -> {
        aMoment();
        gate.kill();
        startGate();
      }
      case BACKEND_KILLED -> {
        aMoment();
        database.kill(aBackend());
      }
      case BACKEND_TERMINATED -> {
        aMoment();
        database.terminate(aBackend());
      }
    }
  }

  private void killAClient() throws Exception {
    Victim.Task[] tasks = Victim.Task.values();
    Victim.Task task = tasks[random.nextInt(tasks.length)];
    try (Victim victim = Victim.start(task, gate.port(), authority(), ledger)) {
      assertThat(victim.busy()).as("the client that is to be killed").isTrue();
      aMoment();
      victim.kill(ledger);
      if (task == Victim.Task.COPY_IN) {
        ledger.undone(victim.first(), Victim.ROWS);
      }
    }
  }

  /** Anywhere in a transaction, and in a round trip. */
  private void aMoment() throws InterruptedException {
    boolean never = new CountDownLatch(1).await(random.nextInt(400_000), TimeUnit.MICROSECONDS);
    assertThat(never).isFalse();
  }

  private long aBackend() {
    List<Long> backends =
        await().atMost(RECOVERY).until(database::backends, found -> !found.isEmpty());
    return backends.get(random.nextInt(backends.size()));
  }

  /** Every client is answered again, and nobody but them has a backend. */
  private void assertRecovered(String round) {
    List<Long> before = clients.stream().map(client -> client.answered.get()).toList();
    await(round)
        .atMost(RECOVERY)
        .untilAsserted(
            () -> {
              for (int i = 0; i < CLIENTS; i++) {
                assertThat(clients.get(i).answered.get()).isGreaterThan(before.get(i));
              }
            });
    await(round)
        .atMost(IDLE)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(() -> assertThat(database.backends()).hasSizeLessThanOrEqualTo(CLIENTS));
    assertThat(ledger.wrong).as(round + gate.complaints()).isEmpty();
    assertThat(gate.process().isAlive()).as(round + gate.complaints()).isTrue();
  }

  @Test
  void whateverIsKilled_nobodyHangsNothingLeaksAndNoAnswerIsWrong(TestReporter reporter)
      throws Exception {
    reporter.publishEntry("seed", Long.toString(SEED));
    startClients();
    long begin = System.nanoTime();
    Blow[] blows = Blow.values();
    for (int i = 0; i < ROUNDS; i++) {
      Blow blow = blows[i % blows.length];
      String round = "seed " + SEED + ", round " + i + ", " + blow;
      strike(blow);
      assertRecovered(round);
    }
    clients.forEach(Workload::stop);
    for (Thread thread : threads) {
      assertThat(thread.join(RECOVERY)).as("seed %d: a client hangs", SEED).isTrue();
    }
    assertThat(ledger.wrong).as("seed %d", SEED).isEmpty();
    assertNothingLeft();
    try (Connection direct = database.direct("bank")) {
      ledger.assertMatches(direct);
    }
    reporter.publishEntry(
        "chaos",
        "%d rounds in %d s, %,d commands answered, %,d rows acknowledged; descriptors %d, before %d"
            .formatted(
                ROUNDS,
                Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                clients.stream().mapToLong(client -> client.answered.get()).sum(),
                ledger.acknowledged(),
                gate.descriptors(),
                idleDescriptors));
  }

  private void assertNothingLeft() {
    await("seed " + SEED)
        .atMost(IDLE)
        .untilAsserted(
            () -> {
              assertThat(database.backends()).isEmpty();
              assertThat(gate.sessions()).isZero();
              assertThat(gate.descriptors()).isLessThanOrEqualTo(idleDescriptors);
            });
  }
}
