package io.gatehouse.postgres.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.GssEncRequest;
import io.gatehouse.postgres.message.NegotiateProtocolVersion;
import io.gatehouse.postgres.message.SslRequest;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.testing.Wire;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The untyped packets before a session, as nobody should send them. */
final class FirstPacketsIT {
  private FakeServer server;
  private Doorway gate;

  @BeforeEach
  void open() throws Exception {
    server = FakeServer.echoing();
    gate = new Doorway(server, Limits.DEFAULTS);
  }

  @AfterEach
  void close() throws Exception {
    gate.assertServes();
    gate.close();
    server.close();
    assertThat(server.faults).isEmpty();
  }

  private Peer peer() throws IOException {
    return Peer.connect(gate.port());
  }

  private static StartupMessage startup(int minor, String name, String value) {
    Map<String, String> parameters = new HashMap<>(Login.ALICE);
    parameters.put(name, value);
    return new StartupMessage(3, minor, parameters);
  }

  private void assertViolation(Peer peer, String words) throws IOException {
    ErrorResponse error = peer.readError();
    assertThat(error.severity()).isEqualTo("FATAL");
    assertThat(error.sqlState()).isEqualTo("08P01");
    assertThat(error.message()).contains(words);
    assertThat(peer.atEnd()).isTrue();
    await()
        .untilAsserted(
            () -> assertThat(gate.tally.closed(CloseReason.CLIENT_VIOLATED_PROTOCOL)).isOne());
  }

  private Peer afterSslRequest() throws IOException {
    Peer peer = peer();
    peer.send(new SslRequest());
    assertThat(peer.readByte()).isEqualTo('S');
    return peer;
  }

  @Test
  void bytesBehindSslRequest_areRefused() throws Exception {
    try (Peer peer = peer()) {
      byte[] request = Wire.written(new SslRequest()::encode);
      byte[] hidden = Wire.written(new StartupMessage(3, 0, Login.ALICE)::encode);
      byte[] both = java.util.Arrays.copyOf(request, request.length + hidden.length);
      System.arraycopy(hidden, 0, both, request.length, hidden.length);
      peer.write(both);

      assertViolation(peer, "unencrypted data after SSL request");
    }
  }

  @Test
  void bytesBehindGssRequest_areRefused() throws Exception {
    try (Peer peer = peer()) {
      peer.write("00000008 04d21630 00000008 04d2162f");

      assertViolation(peer, "unencrypted data after GSSAPI");
    }
  }

  @Test
  void sslRequestInsideTls_isRefused() throws Exception {
    try (Peer plain = afterSslRequest();
        Peer peer = plain.secured(Tls.SHARED.client())) {
      peer.send(new SslRequest());

      assertViolation(peer, "second request for TLS");
    }
  }

  @Test
  void gssRequestTwice_isRefused() throws Exception {
    try (Peer peer = peer()) {
      peer.send(new GssEncRequest());
      assertThat(peer.readByte()).isEqualTo('N');
      peer.send(new GssEncRequest());

      assertViolation(peer, "GSSAPI");
    }
  }

  @Test
  void gssThenSsl_endsInTls() throws Exception {
    try (Peer plain = peer()) {
      plain.send(new GssEncRequest());
      assertThat(plain.readByte()).isEqualTo('N');
      plain.send(new SslRequest());
      assertThat(plain.readByte()).isEqualTo('S');
      try (Peer peer = plain.secured(Tls.SHARED.client())) {
        Doorway.assertEchoes(Login.ready(peer), "inside");
      }
    }
  }

  @Test
  void listenerWithoutTls_answersNAndGoesOnInClear() throws Exception {
    try (Doorway clear = new Doorway(server, Limits.DEFAULTS, false);
        Peer peer = Peer.connect(clear.port())) {
      peer.send(new SslRequest());
      assertThat(peer.readByte()).isEqualTo('N');
      Doorway.assertEchoes(Login.ready(peer), "in clear");
    }
  }

  @Test
  void directTlsWithAlpn_isAccepted() throws Exception {
    try (Peer plain = peer();
        Peer peer = plain.secured(Tls.SHARED.client(), "postgresql")) {
      Doorway.assertEchoes(Login.ready(peer), "direct");
    }
  }

  @Test
  void directTlsWithoutAlpn_isRefused() throws Exception {
    try (Peer plain = peer();
        Peer peer = plain.secured(Tls.SHARED.client())) {
      assertViolation(peer, "without ALPN");
    }
  }

  @Test
  void directTlsWithAnotherProtocol_failsTheHandshake() throws Exception {
    try (Peer plain = peer()) {
      assertThatThrownBy(() -> plain.secured(Tls.SHARED.client(), "http/1.1"))
          .isInstanceOf(SSLException.class);
    }
    await().untilAsserted(() -> assertThat(gate.tally.closed(CloseReason.TLS_FAILED)).isOne());
  }

  @Test
  void sslRequestAfterDirectTls_isRefused() throws Exception {
    try (Peer plain = peer();
        Peer peer = plain.secured(Tls.SHARED.client(), "postgresql")) {
      peer.send(new SslRequest());

      assertViolation(peer, "second request for TLS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: gate\r\n\r\n",
        "\0\0\0\10\4\322\26/ plain text where TLS was promised",
        "\26\3\1\0\5 hello that is none"
      })
  void garbageInsteadOfTls_closesThatConnectionOnly(String garbage) throws Exception {
    try (Peer healthy = gate.ready();
        Peer peer = afterSslRequest()) {
      peer.write(garbage.getBytes(ISO_8859_1));
      peer.drain();
      Doorway.assertEchoes(healthy, "still here");
    }
    await().untilAsserted(() -> assertThat(gate.tally.closed(CloseReason.TLS_FAILED)).isOne());
  }

  @ParameterizedTest
  @CsvSource({
    "00002711 00030000, longer than the limit by one",
    "7fffffff 00030000, two gigabytes",
    "ffffffff 00030000, minus one",
    "80000000 00030000, the least number",
    "00000000 00030000, nothing",
    "00000007 000300, too short for a version"
  })
  void lengthThatNoStartupPacketHas_isRefusedAtOnce(String packet, String why) throws Exception {
    try (Peer peer = peer()) {
      peer.write(packet);

      assertViolation(peer, "invalid length of startup packet");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00000008 00020000, unsupported frontend protocol 2.0",
    "00000008 00040000, unsupported frontend protocol 4.0",
    "0000000d 00030000 7573657200, terminating zero",
    "00000010 00030000 7573657200 6100 62, terminating zero",
    "00000011 00030000 7573657200 6100 00 78, goes on after",
    "0000000f 04d2162e 00000001 000203, 4 to 256 bytes",
    "0000000b 04d2162e 000001, ends inside"
  })
  void packetThatEndsBadly_isRefused(String packet, String words) throws Exception {
    try (Peer peer = peer()) {
      peer.write(packet);

      ErrorResponse error = peer.readError();
      assertThat(error.sqlState()).isEqualTo("08P01");
      assertThat(error.message()).contains(words);
      assertThat(peer.atEnd()).isTrue();
    }
  }

  @Test
  void startupPacketByteByByte_isUnderstood() throws Exception {
    try (Peer peer = peer()) {
      for (byte one : Wire.written(new StartupMessage(3, 2, Login.ALICE)::encode)) {
        peer.write(new byte[] {one});
      }
      assertThat(peer.read()).isInstanceOf(AuthenticationSASL.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 4", "2, 32"})
  void cancelKey_hasTheVersionsLength(int minor, int bytes) throws Exception {
    try (Peer peer = peer()) {
      assertThat(Login.logIn(peer, new StartupMessage(3, minor, Login.ALICE)))
          .filteredOn(BackendKeyData.class::isInstance)
          .singleElement()
          .satisfies(
              key -> {
                assertThat(((BackendKeyData) key).secretKey()).hasSize(bytes);
                assertThat(((BackendKeyData) key).secretKey()).isNotEqualTo(FakeServer.KEY);
              });
    }
  }

  @Test
  void newerMinorVersion_isNegotiatedDown() throws Exception {
    try (Peer peer = peer()) {
      assertThat(Login.logIn(peer, new StartupMessage(3, 99, Login.ALICE)))
          .startsWith(new NegotiateProtocolVersion(2, List.of()), AuthenticationOk.INSTANCE)
          .anyMatch(
              message -> message instanceof BackendKeyData key && key.secretKey().length == 32);
    }
  }

  @Test
  void unknownExtension_isNegotiatedAwayAndNotForwarded() throws Exception {
    try (Peer peer = peer()) {
      assertThat(Login.logIn(peer, startup(0, "_pq_.telepathy", "on")))
          .startsWith(
              new NegotiateProtocolVersion(0, List.of("_pq_.telepathy")),
              AuthenticationOk.INSTANCE);
      assertThat(server.startups.take().parameters())
          .containsOnly(Map.entry("user", "held"), Map.entry("database", "bank"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "session_authorization, postgres",
    "role, postgres",
    "session_preload_libraries, evil",
    "replication, database",
    "REPLICATION, true",
    "options, -c role=postgres",
    "options, --session-preload-libraries=evil",
    "options, -csession_authorization=postgres",
    "options, -c Session-Authorization=postgres",
    "options, -d 5",
    "options, -c",
    "options, -c nothing"
  })
  void parameterThatIsNotAllowed_isRefused(String name, String value) throws Exception {
    try (Peer peer = peer()) {
      peer.send(startup(0, name, value));

      ErrorResponse error = peer.readError();
      assertThat(error.severity()).isEqualTo("FATAL");
      assertThat(error.sqlState()).isEqualTo("28000");
      assertThat(peer.atEnd()).isTrue();
    }
    assertThat(server.startups).isEmpty();
    await().untilAsserted(() -> assertThat(gate.tally.closed(CloseReason.LOGIN_REFUSED)).isOne());
  }

  @Test
  void optionsWithEscapes_arriveAsTheServerWouldReadThem() throws Exception {
    try (Peer peer = peer()) {
      Login.logIn(
          peer,
          startup(
              0,
              "options",
              "-c search_path=a\\ b\\\\c -cDateStyle=ISO,\\ DMY\t--statement-timeout=5s"));

      assertThat(server.startups.take().parameters())
          .containsEntry("search_path", "a b\\c")
          .containsEntry("datestyle", "ISO, DMY")
          .containsEntry("statement_timeout", "5s")
          .doesNotContainKey("options");
    }
  }
}
