package io.gatehouse.postgres.logins;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.AuthenticationCleartextPassword;
import io.gatehouse.postgres.message.AuthenticationMD5Password;
import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.AuthenticationSASLContinue;
import io.gatehouse.postgres.message.AuthenticationSASLFinal;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.testing.FakeServer;
import io.gatehouse.postgres.testing.FakeServer.Peer;
import io.gatehouse.postgres.testing.GuardedServer;
import io.gatehouse.postgres.testing.GuardedServer.Held;
import io.gatehouse.postgres.testing.GuardedServer.Major;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.testing.Certificates;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever stands in the server's place, or on the way to it, gets neither secret nor session. */
class HostileServerIT {
  private static final String UNREACHABLE =
      "FATAL 57P03 the gateway cannot reach the database server";
  private static final BackendMessage[] WELCOME = {
    new AuthenticationOk(), new BackendKeyData(1, new byte[4]), new ReadyForQuery((byte) 'I')
  };

  @SuppressWarnings("NullAway.Init") // set before all
  private static Entry entry;

  @BeforeAll
  static void open() {
    entry = new Entry();
  }

  @AfterAll
  static void close() {
    entry.close();
  }

  private static Upstream to(int port, @Nullable SslContext tls) {
    return GuardedServer.upstream(
        new Upstream.Tcp("localhost", port, tls), GuardedServer.credential(Held.SCRAM));
  }

  private static void refused(FakeServer.Script script, boolean tls, String reason)
      throws IOException {
    try (FakeServer server = new FakeServer(script)) {
      Upstream upstream = to(server.port(), tls ? Certificates.verifyFull("postgresql") : null);

      assertThat(entry.clientSees(upstream)).containsExactly(UNREACHABLE);
      assertThat(entry.reason(upstream)).contains(reason).doesNotContain(Held.SCRAM.password());
      assertThat(server.notes).noneMatch(note -> note.contains(Held.SCRAM.password()));
    }
  }

  @Test
  void noTls_isNotGoneWithout() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.write((byte) 'N');
          peer.packet();
        },
        true,
        "it does not offer TLS");
  }

  @Test
  void bytesBehindTheAnswerToSslRequest_areRefused() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.write((byte) 'S', (byte) 'R', (byte) 0, (byte) 0, (byte) 0, (byte) 8);
          peer.packet();
        },
        true,
        "it sent more than the answer to SSLRequest");
  }

  @Test
  void errorInPlaceOfTheAnswerToSslRequest_isRefused() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.write((byte) 'E');
          peer.packet();
        },
        true,
        "it does not offer TLS");
  }

  @Test
  void certificateOfAnotherAuthority_isRefused() throws IOException {
    X509Bundle forged = Certificates.signed("localhost", Certificates.authority());
    refused(presenting(forged), true, "the handshake failed");
  }

  @Test
  void certificateOfAnotherHost_isRefused() throws IOException {
    X509Bundle other = Certificates.signedByTests("other.example");
    refused(presenting(other), true, "the handshake failed");
  }

  private static FakeServer.Script presenting(X509Bundle certificate) {
    return peer -> {
      peer.packet();
      peer.write((byte) 'S');
      peer.startTls(Certificates.serverContext(certificate), true);
      peer.packet();
      peer.send(WELCOME);
    };
  }

  @Test
  void okInPlaceOfTheServersProof_isRefused() throws IOException {
    refused(
        peer -> {
          exchange(peer);
          peer.send(WELCOME);
        },
        false,
        "ended SCRAM without its own proof");
  }

  @Test
  void okRightAfterTheOffer_isRefused() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.send(new AuthenticationSASL(List.of("SCRAM-SHA-256")));
          peer.message();
          peer.send(WELCOME);
        },
        false,
        "ended SCRAM without its own proof");
  }

  @Test
  void wrongServerSignature_isRefused() throws IOException {
    refused(
        peer -> {
          exchange(peer);
          peer.send(new AuthenticationSASLFinal(ascii("v=" + base64(new byte[32]))));
          peer.send(WELCOME);
        },
        false,
        "did not prove that it knows the password");
  }

  @Test
  void proofBeforeTheExchange_isRefused() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.send(new AuthenticationSASL(List.of("SCRAM-SHA-256")));
          peer.message();
          peer.send(new AuthenticationSASLFinal(ascii("v=" + base64(new byte[32]))));
          peer.send(WELCOME);
        },
        false,
        "did not prove that it knows the password");
  }

  /** A man in the middle of SCRAM would like a method without a proof of his own better. */
  @Test
  void anotherMethodInTheMiddleOfScram_isRefused() throws IOException {
    refused(
        peer -> {
          exchange(peer);
          peer.send(new AuthenticationMD5Password(new byte[4]));
          peer.send(WELCOME);
        },
        false,
        "the server asks for a second proof");
  }

  @Test
  void serverNonceThatDoesNotExtendOurs_isRefused() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.send(new AuthenticationSASL(List.of("SCRAM-SHA-256")));
          peer.message();
          peer.send(continued("theirs", 4096));
          peer.message();
        },
        false,
        "nonce does not extend ours");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 2_000_000_000})
  void iterationsOutOfBounds_areRefused(int iterations) throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.send(new AuthenticationSASL(List.of("SCRAM-SHA-256")));
          peer.send(continued(nonce(peer.message()) + "x", iterations));
          peer.message();
        },
        false,
        "out of bounds");
  }

  @Test
  void mechanismNobodyKnows_isRefused() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.send(new AuthenticationSASL(List.of("SCRAM-SHA-1", "OAUTHBEARER")));
          peer.message();
        },
        false,
        "offers none of");
  }

  @Test
  void readyWithoutAuthenticationOk_isRefused() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.send(new BackendKeyData(1, new byte[4]), new ReadyForQuery((byte) 'I'));
          peer.message();
        },
        false,
        "ready without having logged the gate in");
  }

  @Test
  void clearPasswordAskedInPlainText_isNotSent() throws IOException {
    refused(
        peer -> {
          peer.packet();
          peer.send(new AuthenticationCleartextPassword());
          peer.message();
        },
        false,
        "clear text over a connection without TLS");
  }

  @Test
  void silence_afterTheStart_isRefused() throws IOException {
    refused(Peer::packet, false, "closed the connection during login");
  }

  /** Up to the client's proof. */
  private static void exchange(Peer peer) throws IOException {
    peer.packet();
    peer.send(new AuthenticationSASL(List.of("SCRAM-SHA-256")));
    peer.send(continued(nonce(peer.message()) + "x", 4096));
    peer.message();
  }

  private static String nonce(byte[] message) {
    var initial = SASLInitialResponse.decode(Unpooled.wrappedBuffer(message).skipBytes(5));
    byte[] data = initial.data();
    String first = data == null ? "" : new String(data, StandardCharsets.US_ASCII);
    return first.substring(first.indexOf("r=") + 2);
  }

  private static AuthenticationSASLContinue continued(String nonce, int iterations) {
    String salt = base64(new byte[16]);
    return new AuthenticationSASLContinue(
        ascii("r=%s,s=%s,i=%d".formatted(nonce, salt, iterations)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  // On the way to a real server, with TLS that the gate trusts.

  private static final UnaryOperator<BackendMessage> AS_IT_IS = UnaryOperator.identity();

  private static GuardedServer real() {
    return GuardedServer.of(Major.NEWEST);
  }

  @Test
  void tlsWithTheServersCertificate_bindsScramToTheChannel() throws IOException {
    try (Middleman way = new Middleman(real().port(), real().certificate(), AS_IT_IS)) {
      Upstream upstream = to(way.port(), Certificates.verifyFull("postgresql"));

      assertThat(entry.reason(upstream)).isEqualTo("connected");
      assertThat(way.mechanisms).containsExactly("SCRAM-SHA-256-PLUS");
    }
  }

  @Test
  void tlsEndedOnTheWay_breaksTheBinding() throws IOException {
    try (Middleman way = new Middleman(real().port(), Certificates.localhost(), AS_IT_IS)) {
      Upstream upstream = to(way.port(), Certificates.verifyFull("postgresql"));

      assertThat(entry.clientSees(upstream)).containsExactly(UNREACHABLE);
      assertThat(entry.reason(upstream)).contains("SCRAM channel binding check failed");
      assertThat(way.mechanisms).containsOnly("SCRAM-SHA-256-PLUS");
    }
  }

  @Test
  void betterMechanismTakenOffTheList_isNoticedByTheServer() throws IOException {
    UnaryOperator<BackendMessage> weaken =
        message ->
            message instanceof AuthenticationSASL
                ? new AuthenticationSASL(List.of("SCRAM-SHA-256"))
                : message;
    try (Middleman way = new Middleman(real().port(), real().certificate(), weaken)) {
      Upstream upstream = to(way.port(), Certificates.verifyFull("postgresql"));

      assertThat(entry.clientSees(upstream)).containsExactly(UNREACHABLE);
      assertThat(entry.reason(upstream)).contains("SCRAM channel binding negotiation error");
      assertThat(way.mechanisms).containsOnly("SCRAM-SHA-256");
    }
  }
}
