package io.gatehouse.postgres.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.SslRequest;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins that never end, or go wrong in the middle. */
final class LoginIT {
  private FakeServer server;
  private Doorway gate;

  @BeforeEach
  void open() throws Exception {
    server = FakeServer.echoing();
    gate = new Doorway(server, Limits.DEFAULTS.with(Limit.LOGIN_SECONDS, 1));
  }

  @AfterEach
  void close() throws Exception {
    gate.assertServes();
    gate.close();
    server.close();
    assertThat(server.faults).isEmpty();
  }

  private Peer askedForPassword() throws IOException {
    Peer peer = Peer.connect(gate.port());
    peer.send(new StartupMessage(3, 0, Login.ALICE));
    assertThat(peer.read()).isInstanceOf(AuthenticationSASL.class);
    return peer;
  }

  private void assertTimedOut() {
    await()
        .untilAsserted(
            () -> {
              assertThat(gate.tally.closed(CloseReason.LOGIN_TIMED_OUT)).isOne();
              assertThat(gate.tally.reached(Limit.LOGIN_SECONDS)).isOne();
            });
  }

  private static Object failureOf(Callable<?> attempt) {
    try {
      return attempt.call();
    } catch (Exception failure) {
      return failure;
    }
  }

  @Test
  void clientThatLeavesBeforeItSaidAnything_isNotWaitedFor() throws Exception {
    try (Doorway patient = new Doorway(server, Limits.DEFAULTS)) {
      Peer.connect(patient.port()).close();
      try (Peer half = Peer.connect(patient.port())) {
        half.write("00000020 00030000 75736572");
      }
      await()
          .untilAsserted(
              () -> {
                assertThat(patient.tally.closed(CloseReason.CLIENT_DISCONNECTED)).isEqualTo(2);
                assertThat(patient.connections()).isZero();
              });
    }
  }

  @Test
  void clientThatLeavesInsteadOfProving_isNotWaitedFor() throws Exception {
    try (Peer peer = askedForPassword()) {
      peer.endOutput();
      assertThat(peer.atEnd()).isTrue();
    }
    assertThat(gate.gate.closed.take()).isEqualTo(CloseReason.CLIENT_DISCONNECTED);
    assertThat(gate.tally.reached(Limit.LOGIN_SECONDS)).isZero();
  }

  @Test
  void silence_isClosedAfterTheLimit() throws Exception {
    try (Peer peer = Peer.connect(gate.port())) {
      assertThat(peer.atEnd()).isTrue();
    }
    assertTimedOut();
  }

  @Test
  void halfAStartupPacket_isClosedAfterTheLimit() throws Exception {
    try (Peer peer = Peer.connect(gate.port())) {
      peer.write("00000020 00030000 'user'");
      assertThat(peer.atEnd()).isTrue();
    }
    assertTimedOut();
  }

  @Test
  void tlsThatIsNeverBegun_isClosedAfterTheLimit() throws Exception {
    try (Peer peer = Peer.connect(gate.port())) {
      peer.send(new SslRequest());
      assertThat(peer.readByte()).isEqualTo('S');
      peer.drain();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(
                        gate.tally.closed(CloseReason.LOGIN_TIMED_OUT)
                            + gate.tally.closed(CloseReason.TLS_FAILED))
                    .isOne());
  }

  @Test
  void passwordThatNeverComes_endsInAnErrorAfterTheLimit() throws Exception {
    try (Peer peer = askedForPassword()) {
      ErrorResponse error = peer.readError();
      assertThat(error.sqlState()).isEqualTo("57014");
      assertThat(error.message()).contains("limits.login-seconds");
      assertThat(peer.atEnd()).isTrue();
    }
    assertTimedOut();
    assertThat(gate.gate.closed.take()).isEqualTo(CloseReason.LOGIN_TIMED_OUT);
  }

  @ParameterizedTest
  @CsvSource({
    "'70 ffffffff', invalid password packet size",
    "'70 00000003', invalid password packet size",
    "'70 7fffffff', invalid password packet size",
    "'70 00010001', invalid password packet size",
    "'51 00000006 61 00', expected a password or SASL message",
    "'70 00000006 61 00', ends inside",
    "'00 00000004', expected a password or SASL message"
  })
  void messageOutOfPlace_isRefused(String bytes, String words) throws Exception {
    try (Peer peer = askedForPassword()) {
      peer.write(bytes);

      ErrorResponse error = peer.readError();
      assertThat(error.severity()).isEqualTo("FATAL");
      assertThat(error.sqlState()).isEqualTo("08P01");
      assertThat(error.message()).contains(words);
      assertThat(peer.atEnd()).isTrue();
    }
    assertThat(gate.gate.closed.take()).isEqualTo(CloseReason.CLIENT_VIOLATED_PROTOCOL);
    assertThat(server.startups).isEmpty();
  }

  @Test
  void serverThatNeverAnswersTheLogin_endsInAnErrorAndIsLeft() throws Exception {
    try (FakeServer silent = new FakeServer(Peer::drain);
        Doorway patient =
            new Doorway(silent, Limits.DEFAULTS.with(Limit.UPSTREAM_CONNECT_SECONDS, 1))) {
      silent.silent();
      try (Peer peer = Peer.connect(patient.port())) {
        List<BackendMessage> said =
            Login.logIn(peer, new StartupMessage(3, 0, Login.ALICE), ErrorResponse.class);
        assertThat(said).hasSize(1);
        assertThat(((ErrorResponse) said.getFirst()).sqlState()).isEqualTo("57P03");
        assertThat(peer.atEnd()).isTrue();
      }
      await().untilAsserted(() -> assertThat(silent.sessions).hasValue(0));
    }
  }

  @Test
  void clientThatLeavesWhileTheServerIsAsked_leavesNoServerBehind() throws Exception {
    try (FakeServer silent = new FakeServer(Peer::drain);
        Doorway patient = new Doorway(silent, Limits.DEFAULTS)) {
      silent.silent();
      try (Peer peer = Peer.connect(patient.port())) {
        CompletableFuture<Object> login =
            CompletableFuture.supplyAsync(() -> failureOf(() -> Login.ready(peer)));
        silent.startups.take();
        peer.endOutput();
        assertThat(login.get(20, TimeUnit.SECONDS)).isInstanceOf(EOFException.class);
      }
      assertThat(patient.gate.closed.take()).isEqualTo(CloseReason.CLIENT_DISCONNECTED);
      await().untilAsserted(() -> assertThat(silent.sessions).hasValue(0));
    }
  }
}
