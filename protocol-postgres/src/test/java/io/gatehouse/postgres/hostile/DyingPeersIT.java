package io.gatehouse.postgres.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.testing.Wire;
import java.io.DataInputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and clients that go away in the middle. */
final class DyingPeersIT {
  private FakeServer server;
  private Doorway gate;

  @BeforeEach
  void open() throws Exception {
    server = FakeServer.echoing();
    gate = new Doorway(server, Limits.DEFAULTS, false);
  }

  @AfterEach
  void close() throws Exception {
    server.script(FakeServer::echo);
    gate.assertServes();
    await()
        .untilAsserted(
            () -> {
              assertThat(gate.sessions()).isZero();
              assertThat(gate.gate.open).hasValue(0);
              assertThat(server.sessions).hasValue(0);
            });
    gate.close();
    server.close();
    assertThat(server.faults).isEmpty();
  }

  private static byte[] beginning() {
    byte[] whole = Peer.encoded(FakeServer.ONE_COLUMN, FakeServer.row("0123456789"));
    return Arrays.copyOf(whole, whole.length - 5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void serverThatDiesInsideARow_leavesNoWholeRowAndNoMadeUpEnd(boolean reset) throws Exception {
    byte[] beginning = beginning();
    server.script(
        client -> {
          client.readAsked();
          client.write(beginning);
          if (reset) {
            client.reset();
          }
        });
    try (Peer peer = gate.ready()) {
      peer.send(new Query("select"));
      byte[] got = new byte[beginning.length];
      try {
        new DataInputStream(peer.stream()).readFully(got);
        assertThat(got).isEqualTo(beginning);
      } catch (java.io.EOFException | java.net.SocketException lost) {
        assertThat(reset).isTrue();
      }
      assertThat(peer.atEnd()).isTrue();
    }
    assertThat(gate.gate.closed.take()).isEqualTo(CloseReason.UPSTREAM_DISCONNECTED);
    assertThat(gate.gate.outcomes.take()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void serverThatDiesBetweenRows_isSaidSo() throws Exception {
    server.script(
        client -> {
          client.readAsked();
          client.send(FakeServer.ONE_COLUMN, FakeServer.row("0123456789"));
        });
    try (Peer peer = gate.ready()) {
      peer.send(new Query("select"));
      peer.read();
      assertThat(peer.read()).isEqualTo(FakeServer.row("0123456789"));
      ErrorResponse error = peer.readError();
      assertThat(error.severity()).isEqualTo("FATAL");
      assertThat(error.sqlState()).isEqualTo("08006");
      assertThat(peer.atEnd()).isTrue();
    }
    assertThat(gate.gate.outcomes.take()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void serversLastWords_reachTheClientUnchanged() throws Exception {
    ErrorResponse last =
        ErrorResponse.of("FATAL", "57P01", "terminating connection due to administrator command");
    server.script(
        client -> {
          client.readAsked();
          client.send(last);
        });
    try (Peer peer = gate.ready()) {
      peer.send(new Query("select"));
      assertThat(peer.read()).isEqualTo(last);
      assertThat(peer.atEnd()).isTrue();
    }
  }

  @Test
  void idleSession_whoseServerDies_isTold() throws Exception {
    CountDownLatch mayDie = new CountDownLatch(1);
    server.script(
        _ -> {
          try {
            assertThat(mayDie.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new java.io.IOException(e);
          }
        });
    try (Peer peer = gate.ready()) {
      mayDie.countDown();
      assertThat(peer.readError().sqlState()).isEqualTo("08006");
      assertThat(peer.atEnd()).isTrue();
    }
  }

  @Test
  void clientThatEndsItsOutputAfterAQuery_stillGetsTheAnswer() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    server.script(
        client -> {
          client.readAsked();
          try {
            assertThat(mayAnswer.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new java.io.IOException(e);
          }
          client.write(FakeServer.answer("late"));
          FakeServer.echo(client);
        });
    try (Peer peer = gate.ready()) {
      peer.send(new Query("select"));
      peer.endOutput();
      mayAnswer.countDown();
      assertThat(peer.readUntil(ReadyForQuery.class::isInstance))
          .contains(new CommandComplete("SELECT 1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"51", "51 00000064 73656c656374", "50 00000064 00 73656c"})
  void clientThatEndsItsOutputInsideAMessage_isLeftAndNothingRan(String part) throws Exception {
    try (Peer peer = gate.ready()) {
      peer.write(part);
      peer.endOutput();
      assertThat(peer.atEnd()).isTrue();
    }
    assertThat(gate.gate.closed.take()).isEqualTo(CloseReason.CLIENT_DISCONNECTED);
    assertThat(gate.gate.outcomes).isEmpty();
  }

  @Test
  void clientThatEndsItsOutputIdle_isLeftWithItsServer() throws Exception {
    try (Peer peer = gate.ready()) {
      peer.endOutput();
      assertThat(peer.atEnd()).isTrue();
      await().untilAsserted(() -> assertThat(server.sessions).hasValue(0));
    }
  }

  @Test
  void clientThatIsResetInsideCopyData_takesItsServerWithIt() throws Exception {
    server.script(
        client -> {
          client.readAsked();
          client.write("47 00000007 000000");
          client.drain();
        });
    try (Peer peer = gate.ready()) {
      peer.send(new Query("copy t from stdin"));
      peer.read();
      peer.write(Wire.bytes("64 00010004"));
      peer.write(new byte[30_000]);
      peer.reset();
    }
    assertThat(gate.gate.outcomes.take()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void idleClient_isToldAndLeftAfterTheLimit() throws Exception {
    try (Doorway strict =
            new Doorway(server, Limits.DEFAULTS.with(Limit.CLIENT_IDLE_SECONDS, 1), false);
        Peer peer = strict.ready()) {
      ErrorResponse error = peer.readError();
      assertThat(error.sqlState()).isEqualTo("57P05");
      assertThat(error.message()).contains("limits.client-idle-seconds");
      assertThat(peer.atEnd()).isTrue();
      assertThat(strict.tally.reached(Limit.CLIENT_IDLE_SECONDS)).isOne();
    }
  }
}
