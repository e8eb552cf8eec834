package io.gatehouse.postgres.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;

/** Peers that do not read what they asked for. */
final class StalledPeersIT {
  private static final long MEBIBYTE = 1_048_576;
  private static final byte[] ROWS = Rows.block();

  private final AtomicLong written = new AtomicLong();
  private FakeServer server;
  private Doorway gate;
  private long before;

  @BeforeEach
  void open() throws Exception {
    server = FakeServer.echoing();
    gate = new Doorway(server, Limits.DEFAULTS.with(Limit.CLOSE_SECONDS, 1), false);
    before = Doorway.directBytes();
  }

  @AfterEach
  void close(TestInfo test, TestReporter reporter) throws Exception {
    reporter.publishEntry(
        test.getDisplayName(),
        "server wrote %,d bytes, pools hold %,d more"
            .formatted(written.get(), Doorway.directBytes() - before));
    server.script(FakeServer::echo);
    gate.assertServes();
    gate.close();
    server.close();
  }

  /** Sends rows for as long as they are taken, and reads nothing more. */
  private void endlessRows(Peer client) throws IOException {
    client.readAsked();
    client.send(FakeServer.ONE_COLUMN);
    while (true) {
      client.write(ROWS);
      written.addAndGet(ROWS.length);
    }
  }

  /** Two looks in a row see the same: everybody waits for everybody. */
  private static void awaitStill(Callable<Long> measure) {
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              long now = measure.call();
              return now > 0 && last.getAndSet(now) == now;
            });
  }

  /** A client that asked for an endless result and does not read it. */
  private Peer stalled() throws IOException {
    server.script(this::endlessRows);
    Peer peer = Login.ready(Peer.connectNarrow(gate.port()));
    peer.send(new Query("select endlessly"));
    awaitStill(written::get);
    return peer;
  }

  private void assertNothingLeft() {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> {
              assertThat(gate.sessions()).isZero();
              assertThat(server.sessions).as("server's sessions").hasValue(0);
            });
  }

  @Test
  void clientThatDoesNotRead_holdsTheServerBackAndNobodyElse() throws Exception {
    try (Peer peer = stalled()) {
      assertThat(Doorway.directBytes() - before).isLessThan(16 * MEBIBYTE);
      assertThat(written).hasValueLessThan(32 * MEBIBYTE);

      server.script(FakeServer::echo);
      for (int i = 0; i < 20; i++) {
        gate.assertServes();
      }
      peer.reset();
    }
    assertNothingLeft();
  }

  @Test
  void manyClientsThatDoNotRead_holdBoundedMemory() throws Exception {
    Peer[] peers = new Peer[32];
    for (int i = 0; i < peers.length; i++) {
      server.script(this::endlessRows);
      peers[i] = Login.ready(Peer.connectNarrow(gate.port()));
      peers[i].send(new Query("select endlessly"));
    }
    awaitStill(written::get);

    assertThat(Doorway.directBytes() - before).isLessThan(64 * MEBIBYTE);
    server.script(FakeServer::echo);
    gate.assertServes();
    for (Peer peer : peers) {
      peer.close();
    }
    assertNothingLeft();
  }

  @Test
  void clientThatReadsAgain_getsEveryByteInOrder() throws Exception {
    // More than the sockets between the two can hold.
    long blocks = 2_000;
    server.script(
        client -> {
          client.readAsked();
          client.send(FakeServer.ONE_COLUMN);
          for (int i = 0; i < blocks; i++) {
            client.write(ROWS);
            written.addAndGet(ROWS.length);
          }
          client.send(new CommandComplete("SELECT 0"), FakeServer.READY);
          FakeServer.echo(client);
        });
    try (Peer peer = Login.ready(Peer.connectNarrow(gate.port()))) {
      peer.send(new Query("select much"));
      awaitStill(written::get);
      assertThat(written).hasValueLessThan(blocks * ROWS.length);

      assertThat(peer.read()).isEqualTo(FakeServer.ONE_COLUMN);
      assertThat(Rows.matching(peer.stream(), blocks)).isEqualTo(blocks);
      assertThat(peer.read()).isEqualTo(new CommandComplete("SELECT 0"));
    }
    assertNothingLeft();
  }

  @Test
  void clientThatIsStalledTooLong_isLeft() throws Exception {
    try (Doorway strict =
        new Doorway(
            server,
            Limits.DEFAULTS.with(Limit.CLIENT_STALLED_SECONDS, 1).with(Limit.CLOSE_SECONDS, 1),
            false)) {
      server.script(this::endlessRows);
      try (Peer peer = Login.ready(Peer.connectNarrow(strict.port()))) {
        peer.send(new Query("select endlessly"));

        await()
            .untilAsserted(
                () -> {
                  assertThat(strict.tally.reached(Limit.CLIENT_STALLED_SECONDS)).isOne();
                  assertThat(strict.sessions()).isZero();
                  assertThat(server.sessions).hasValue(0);
                });
        peer.drain();
      }
    }
  }

  /** The server waits for the client, who sent more than the server will read meanwhile. */
  private Peer stalledBothWays() throws IOException {
    Peer peer = stalled();
    AtomicLong sent = new AtomicLong();
    byte[] query = Peer.encoded(new Query("x".repeat(65_536)));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (true) {
                  peer.write(query);
                  sent.addAndGet(query.length);
                }
              } catch (IOException closed) {
                sent.set(1);
              }
            });
    awaitStill(sent::get);
    return peer;
  }

  @Test
  void clientThatStalledBothWaysAndDies_leavesNoServerBehind() throws Exception {
    try (Peer peer = stalledBothWays()) {
      assertThat(Doorway.directBytes() - before).isLessThan(16 * MEBIBYTE);
      peer.reset();
    }
    assertNothingLeft();
  }

  @Test
  void serverThatIsReset_whileItsClientDoesNotRead_leavesNoConnectionBehind() throws Exception {
    try (Peer _ = stalled()) {
      server.dropAll();
      await()
          .untilAsserted(
              () -> assertThat(gate.gate.closed).contains(CloseReason.UPSTREAM_DISCONNECTED));
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(gate.connections()).isZero());
    }
  }

  @Test
  void sessionThatIsKilled_whileItsClientDoesNotRead_leavesNothingBehind() throws Exception {
    try (Peer _ = stalled()) {
      SessionControl control = Objects.requireNonNull(gate.gate.control);
      control.kill(Refusal.of(Refusal.Kind.KILLED, "enough"), CloseReason.KILLED);

      assertNothingLeft();
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(gate.connections()).isZero());
    }
  }
}
