package io.gatehouse.mysql.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.mysql.message.AuthMoreData;
import io.gatehouse.mysql.message.AuthNextFactor;
import io.gatehouse.mysql.message.AuthSwitchRequest;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.EofPacket;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.testing.FakeServer;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.testing.Certificates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate's login at real servers, and at servers that want what they should not get. */
class HeldCredentialIT {
  private static final byte[] SCRAMBLE =
      "jihgfedcba9876543210\0".getBytes(StandardCharsets.US_ASCII);
  private static final String CACHING = "caching_sha2_password";
  private static final String NATIVE = "mysql_native_password";

  private final Transport transport = new Transport(1);
  private final Connector connector = new Connector(transport, Gateway.PATIENT, Meters.NONE);

  @AfterEach
  void stop() {
    transport.close();
  }

  private ServerConnection connect(Upstream upstream) throws ConnectFailure {
    return connect(upstream, Manner.OWN);
  }

  private ServerConnection connect(Upstream upstream, Manner manner) throws ConnectFailure {
    try {
      return connector.connect(transport.loops().next(), upstream, manner).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ConnectFailure failure) {
        throw failure;
      }
      throw e;
    }
  }

  static Stream<Arguments> held() {
    List<Arguments> all = new ArrayList<>();
    for (Flavour flavour : Flavour.values()) {
      for (Held held : Held.values()) {
        for (boolean tls : new boolean[] {true, false}) {
          if (held.on(flavour)) {
            all.add(Arguments.of(flavour, held, tls));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("held")
  void heldCredential_logsIn(Flavour flavour, Held held, boolean tls) throws ConnectFailure {
    Upstream upstream = Gateway.upstream(flavour, held, tls ? Gateway.tls(flavour) : null);
    // A second time: then a server has the password in memory.
    for (int i = 0; i < 2; i++) {
      ServerConnection connection = connect(upstream);
      assertThat(connection.greeting().mariadb()).isEqualTo(flavour == Flavour.MARIADB);
      assertThat(connection.spoken().has(Capability.DEPRECATE_EOF)).isTrue();
      connection.channel().close();
    }
  }

  @ParameterizedTest
  @MethodSource("held")
  void wrongCredential_isRefusedWithoutItsName(Flavour flavour, Held held, boolean tls) {
    Upstream right = Gateway.upstream(flavour, held, tls ? Gateway.tls(flavour) : null);
    Upstream wrong =
        new Upstream(
            right.target(),
            right.endpoint(),
            credential(held.user(), "wrong"),
            right.database(),
            null,
            Map.of());
    assertThatThrownBy(() -> connect(wrong))
        .isInstanceOfSatisfying(
            ConnectFailure.class,
            failure -> {
              assertThat(failure).hasMessageStartingWith("the server refused: 1045");
              assertThat(failure.error())
                  .isEqualTo(
                      new ErrPacket(1045, "28000", "the database server refused the connection"));
            });
  }

  @Test
  void serverOfAnotherAuthority_isNotBelieved() {
    Upstream upstream =
        Gateway.upstream(Flavour.MARIADB, Held.NATIVE, Certificates.verifyFullOfAnother());
    assertThatThrownBy(() -> connect(upstream)).hasMessageStartingWith("no TLS with the server");
  }

  @Test
  void unknownDatabase_isToldInTheServersWords() {
    Upstream real = Gateway.upstream(Flavour.MARIADB, Held.NATIVE, null);
    Upstream elsewhere =
        new Upstream(real.target(), real.endpoint(), real.credential(), "nowhere", null, Map.of());
    assertThatThrownBy(() -> connect(elsewhere))
        .isInstanceOfSatisfying(
            ConnectFailure.class,
            failure -> assertThat(failure.error()).extracting(ErrPacket::code).isEqualTo(1049));
  }

  private static Credential credential(String user, String password) {
    return new Credential(user, HeldSecret.of(Secret.of(password.toCharArray())));
  }

  private static Upstream fake(FakeServer server) {
    return new Upstream(
        "fake",
        new Upstream.Tcp("localhost", server.port(), null),
        credential("held", "the held password"),
        "",
        null,
        Map.of());
  }

  /** What it fails with; the password must not be in anything that was sent. */
  private AbstractThrowableAssert<?, ?> failing(String plugin, Message... script) {
    try (FakeServer server = new FakeServer(FakeServer.OFFERED, plugin, List.of(script))) {
      var failure = assertThatThrownBy(() -> connect(fake(server)));
      assertThat(server.received())
          .allSatisfy(
              body ->
                  assertThat(new String(body, StandardCharsets.ISO_8859_1))
                      .doesNotContain("the held password"));
      return failure;
    }
  }

  @Test
  void serverThatWantsThePasswordInClearText_doesNotGetIt() {
    failing(CACHING, new AuthSwitchRequest("mysql_clear_password", new byte[0]))
        .hasMessage("the server asks for the password in clear text over a connection without TLS");
  }

  @Test
  void serverThatWantsAPluginOfItsOwn_isNamed() {
    failing(NATIVE, new AuthSwitchRequest("client_ed25519", SCRAMBLE))
        .hasMessageEndingWith("plugin that the gate does not have: client_ed25519");
  }

  @Test
  void serverThatSwitchesTwice_isLeft() {
    failing(
            CACHING,
            new AuthSwitchRequest(NATIVE, SCRAMBLE),
            new AuthSwitchRequest(CACHING, SCRAMBLE))
        .hasMessage("login failed: the server asks for a second proof");
  }

  @Test
  void serverWhosePublicKeyIsNone_isLeft() {
    failing(
            CACHING,
            new AuthMoreData(new byte[] {4}),
            new AuthMoreData("no key".getBytes(StandardCharsets.US_ASCII)))
        .hasMessage("login failed: the server's public key is not one in PEM form");
  }

  @Test
  void serverThatAsksForThePasswordAgain_isLeft() {
    failing(CACHING, FakeServer.FAST_OK, new AuthMoreData(new byte[] {4}))
        .hasMessage("login failed: the server asks for a second proof");
  }

  @Test
  void serverThatSpeaksForAPluginThatHasNoWords_isLeft() {
    failing(NATIVE, new AuthMoreData(new byte[] {4}))
        .hasMessage("login failed: the server's plugin says what it has no words for");
  }

  @Test
  void serverThatWantsASecondFactor_isLeft() {
    failing(CACHING, new AuthNextFactor("x", new byte[0]))
        .hasMessage("the server asks for a second factor");
  }

  @Test
  void serverThatSaysSomethingElse_isLeft() {
    failing(CACHING, new EofPacket(0, 0))
        .hasMessageStartingWith("the server asks for an authentication plugin");
  }

  @Test
  void serverWithoutTlsWhereItIsWanted_isLeftBeforeAnythingIsSaid() {
    try (FakeServer server = new FakeServer(FakeServer.OFFERED, CACHING, List.of())) {
      Upstream plain = fake(server);
      Upstream secured =
          new Upstream(
              "fake",
              new Upstream.Tcp("localhost", server.port(), Certificates.verifyFull()),
              plain.credential(),
              "",
              null,
              Map.of());
      assertThatThrownBy(() -> connect(secured))
          .hasMessageStartingWith("the server does not offer TLS");
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void serverThatCannotWhatTheListenerOffers_isLeft() {
    Capabilities less = FakeServer.OFFERED.without(Capability.SESSION_TRACK);
    Manner wanting = new Manner(Capabilities.of(Capability.SESSION_TRACK), 45);
    try (FakeServer server = new FakeServer(less, CACHING, List.of(OkPacket.of(2)))) {
      assertThatThrownBy(() -> connect(fake(server), wanting))
          .hasMessage("the server does not offer what the listener has offered: [SESSION_TRACK]");
    }
  }
}
