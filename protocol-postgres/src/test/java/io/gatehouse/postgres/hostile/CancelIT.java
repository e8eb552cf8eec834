package io.gatehouse.postgres.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancel requests: from the right client, from a guesser, and too late. */
final class CancelIT {
  private static final int FAILURES = 5;

  private FakeServer server;
  private Doorway gate;

  /** Opened for each answer that the server shall give. */
  private final BlockingQueue<String> permits = new LinkedBlockingQueue<>();

  /** Queries as they reach the server. */
  private final BlockingQueue<String> reached = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() throws Exception {
    server =
        new FakeServer(
            client -> {
              while (client.readAsked() instanceof Query(String text)) {
                reached.add(text);
                take(permits);
                client.write(FakeServer.answer(text));
              }
            });
    gate =
        new Doorway(server, Limits.DEFAULTS.with(Limit.FAILED_CANCELS_PER_SOURCE, FAILURES), false);
  }

  @AfterEach
  void close() throws Exception {
    gate.close();
    server.close();
    assertThat(server.faults).isEmpty();
  }

  private static <T> T take(BlockingQueue<T> queue) throws IOException {
    try {
      T taken = queue.poll(20, TimeUnit.SECONDS);
      if (taken == null) {
        throw new IOException("waited in vain");
      }
      return taken;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private record Client(Peer peer, BackendKeyData key) {}

  private Client client(int minor) throws IOException {
    Peer peer = Peer.connect(gate.port());
    BackendKeyData key =
        Login.logIn(peer, new StartupMessage(3, minor, Login.ALICE)).stream()
            .filter(BackendKeyData.class::isInstance)
            .map(BackendKeyData.class::cast)
            .findFirst()
            .orElseThrow();
    return new Client(peer, key);
  }

  /** Never answered, whatever it says. */
  private void cancel(int processId, byte[] key) throws IOException {
    try (Peer peer = Peer.connect(gate.port())) {
      peer.send(new CancelRequest(processId, key));
      assertThat(peer.atEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void rightKey_reachesTheServerWithTheServersOwn(int minor) throws Exception {
    Client client = client(minor);
    client.peer.send(new Query("one"));
    assertThat(take(reached)).isEqualTo("one");

    cancel(client.key.processId(), client.key.secretKey());

    CancelRequest arrived = take(server.cancels);
    assertThat(arrived.processId()).isEqualTo(client.key.processId());
    assertThat(arrived.secretKey()).isEqualTo(FakeServer.KEY);
    permits.add("one");
    client.peer.readUntil(ReadyForQuery.class::isInstance);
    await().untilAsserted(() -> assertThat(gate.tally.cancelsDelivered).hasValue(1));
    client.peer.close();
  }

  @Test
  void cancelUnderWay_holdsBackTheNextCommand() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    server.onCancel(
        _ -> {
          arrived.countDown();
          try {
            assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    Client client = client(2);
    client.peer.send(new Query("one"));
    assertThat(take(reached)).isEqualTo("one");
    cancel(client.key.processId(), client.key.secretKey());
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    permits.add("one");
    client.peer.readUntil(ReadyForQuery.class::isInstance);

    client.peer.send(new Query("two"));

    // Another session's whole life passes on the same gate, so "two" had the time to be forwarded.
    try (Peer other = gate.ready()) {
      other.send(new Query("other"));
      assertThat(take(reached)).isEqualTo("other");
      permits.add("other");
      other.readUntil(ReadyForQuery.class::isInstance);
    }
    assertThat(reached).isEmpty();
    mayEnd.countDown();
    assertThat(take(reached)).isEqualTo("two");
    permits.add("two");
    client.peer.readUntil(ReadyForQuery.class::isInstance);
    client.peer.close();
  }

  @Test
  void cancelOfAnIdleSession_reachesNobody() throws Exception {
    Client client = client(2);
    for (int round = 0; round < 100; round++) {
      cancel(client.key.processId(), client.key.secretKey());

      client.peer.send(new Query("one"));
      assertThat(take(reached)).isEqualTo("one");
      permits.add("one");
      client.peer.readUntil(ReadyForQuery.class::isInstance);
      assertThat(server.cancels).as("round %d", round).isEmpty();
    }
    client.peer.close();
  }

  @Test
  void keyOfASessionThatEnded_meansNobody() throws Exception {
    Client client = client(2);
    client.peer.close();
    await().untilAsserted(() -> assertThat(gate.sessions()).isZero());

    cancel(client.key.processId(), client.key.secretKey());

    await().untilAsserted(() -> assertThat(gate.tally.cancelsUnknown).hasValue(1));
    assertThat(server.cancels).isEmpty();
  }

  @Test
  void wrongKeys_areCountedUntilTheSourceIsNotHeardAnyMore() throws Exception {
    Client client = client(2);
    client.peer.send(new Query("one"));
    assertThat(take(reached)).isEqualTo("one");

    // The failures of a minute count, and a minute may end in between: twice as many are enough.
    for (int i = 0; i < 2 * FAILURES; i++) {
      byte[] guess = client.key.secretKey().clone();
      guess[i]++;
      cancel(client.key.processId(), guess);
    }
    byte[] half = java.util.Arrays.copyOf(client.key.secretKey(), 16);
    cancel(client.key.processId(), half);

    await()
        .untilAsserted(
            () -> {
              assertThat(gate.tally.reached(Limit.FAILED_CANCELS_PER_SOURCE)).isPositive();
              assertThat(
                      gate.tally.reached(Limit.FAILED_CANCELS_PER_SOURCE)
                          + gate.tally.cancelsUnknown.get())
                  .isEqualTo(2 * FAILURES + 1);
            });
    assertThat(server.cancels).isEmpty();
    permits.add("one");
    client.peer.readUntil(ReadyForQuery.class::isInstance);
    client.peer.close();
  }
}
