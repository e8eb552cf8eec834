package io.gatehouse.mysql.login;

import static io.gatehouse.mysql.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.AuthMoreData;
import io.gatehouse.mysql.message.AuthSwitchRequest;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.HandshakeV10;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.SslRequest;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RawConnection;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.Certificates;
import io.gatehouse.spi.testing.ScriptedGate;
import io.gatehouse.spi.testing.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientLoginIT {
  private final Gateway gateway = Gateway.to(Flavour.MYSQL);

  @AfterEach
  void stop() {
    gateway.close();
  }

  private RawClient.Entered enter(String password, AuthPlugin plugin) {
    return RawClient.enter(
        gateway.port(), "ann", password, plugin, RawClient.USUAL, Certificates.clientContext());
  }

  @ParameterizedTest
  @EnumSource(AuthPlugin.class)
  void clientWithThePassword_isLetInByAnyPlugin(AuthPlugin plugin) {
    RawClient.Entered entered = enter(ScriptedGate.PASSWORD, plugin);
    assertThat(entered.heard().getLast()).isInstanceOf(OkPacket.class);
    switch (plugin) {
      case CACHING_SHA2_PASSWORD ->
          assertThat(entered.heard()).hasExactlyElementsOfTypes(AuthMoreData.class, OkPacket.class);
      case MYSQL_NATIVE_PASSWORD ->
          assertThat(entered.heard())
              .hasExactlyElementsOfTypes(
                  AuthSwitchRequest.class, AuthMoreData.class, OkPacket.class);
      case MYSQL_CLEAR_PASSWORD -> assertThat(entered.heard()).hasSize(1);
    }
    entered.connection().close();
  }

  @ParameterizedTest
  @EnumSource(AuthPlugin.class)
  void clientWithAnotherPassword_isNotLetIn(AuthPlugin plugin) {
    for (String wrong : new String[] {"wrong", "", ScriptedGate.PASSWORD + "x"}) {
      RawClient.Entered entered = enter(wrong, plugin);
      assertThat(entered.heard().getLast())
          .as("%s with \"%s\"", plugin, wrong)
          .isEqualTo(
              new ErrPacket(1045, "28000", "Access denied for user 'ann' (using password: YES)"));
      assertThat(entered.connection().atEnd()).isTrue();
      entered.connection().close();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.gate().closed)
                    .hasSize(3)
                    .containsOnly(CloseReason.LOGIN_REFUSED));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2_000, 30_000})
  void tokenAsPassword_arrivesWhole(int length) {
    String token = "t".repeat(length);
    AtomicReference<String> presented = new AtomicReference<>("");
    gateway
        .gate()
        .ask(
            _ -> new Offer.OAuthBearer("{}"),
            proof -> {
              if (proof instanceof Proof.BearerToken(Secret secret)) {
                presented.set(new String(secret.bytes(), StandardCharsets.UTF_8));
              }
              return true;
            });
    RawClient.Entered entered = enter(token, AuthPlugin.CACHING_SHA2_PASSWORD);
    assertThat(entered.heard().getLast()).isInstanceOf(OkPacket.class);
    assertThat(presented.get()).isEqualTo(token);
    entered.connection().close();
  }

  @Test
  void clearPassword_isHandedToTheEngine() {
    gateway
        .gate()
        .ask(
            _ -> new Offer.ClearPassword(),
            proof ->
                proof instanceof Proof.ClearPassword(Secret secret)
                    && Arrays.equals("pw".getBytes(StandardCharsets.UTF_8), secret.bytes()));
    assertThat(enter("pw", AuthPlugin.CACHING_SHA2_PASSWORD).heard().getLast())
        .isInstanceOf(OkPacket.class);
    assertThat(enter("p", AuthPlugin.CACHING_SHA2_PASSWORD).heard().getLast())
        .isInstanceOf(ErrPacket.class);
  }

  @Test
  void certificate_isProofByItself() {
    gateway.gate().ask(_ -> new Offer.Certificate(), Proof.Certificate.class::isInstance);
    RawClient.Entered with =
        RawClient.enter(
            gateway.port(),
            "ann",
            "",
            AuthPlugin.CACHING_SHA2_PASSWORD,
            RawClient.USUAL,
            Certificates.clientContext(Certificates.signedByTests("ann")));
    assertThat(with.heard()).hasExactlyElementsOfTypes(OkPacket.class);
    assertThat(enter("", AuthPlugin.CACHING_SHA2_PASSWORD).heard())
        .hasExactlyElementsOfTypes(ErrPacket.class);
  }

  @Test
  void refusedOffer_isToldInItsWords() {
    gateway
        .gate()
        .ask(
            _ ->
                new Offer.Refused(
                    Refusal.of(Refusal.Kind.UNKNOWN_TARGET, "no such database").withHint("Ask.")),
            _ -> true);
    assertThat(enter("x", AuthPlugin.CACHING_SHA2_PASSWORD).heard())
        .containsExactly(new ErrPacket(1049, "42000", "no such database. Ask."));
  }

  @Test
  void brokenEngine_letsNobodyIn() {
    gateway.gate().broken = true;
    assertThat(enter(ScriptedGate.PASSWORD, AuthPlugin.CACHING_SHA2_PASSWORD).heard())
        .hasExactlyElementsOfTypes(ErrPacket.class);
  }

  @Test
  void greeting_offersNothingThatIsNotParsed() {
    try (RawConnection connection = new RawConnection(gateway.port())) {
      HandshakeV10 greeting = connection.read(HandshakeV10::decode);
      assertThat(greeting.serverVersion()).isEqualTo("8.0.15");
      for (Capability never :
          new Capability[] {
            Capability.COMPRESS,
            Capability.ZSTD_COMPRESSION_ALGORITHM,
            Capability.OPTIONAL_RESULTSET_METADATA,
            Capability.QUERY_ATTRIBUTES,
            Capability.MULTI_FACTOR_AUTHENTICATION
          }) {
        assertThat(greeting.capabilities().has(never)).as("%s", never).isFalse();
      }
      assertThat(greeting.authData()).hasSize(21).doesNotContain('$');
    }
  }

  @Test
  void greetings_haveNumbersAndScramblesOfTheirOwn() {
    try (RawConnection one = new RawConnection(gateway.port());
        RawConnection other = new RawConnection(gateway.port())) {
      HandshakeV10 first = one.read(HandshakeV10::decode);
      HandshakeV10 second = other.read(HandshakeV10::decode);
      assertThat(first.connectionId()).isNotEqualTo(second.connectionId());
      assertThat(first.authData()).isNotEqualTo(second.authData());
    }
  }

  @Test
  void loginWithoutTls_isRefusedUnread() {
    RawClient.Entered entered =
        RawClient.enter(
            gateway.port(),
            "ann",
            ScriptedGate.PASSWORD,
            AuthPlugin.CACHING_SHA2_PASSWORD,
            RawClient.USUAL,
            null);
    assertThat(entered.heard().getLast())
        .isEqualTo(
            new ErrPacket(
                3159,
                "HY000",
                "Connections using insecure transport are prohibited: connect with TLS"));
    assertThat(entered.connection().atEnd()).isTrue();
    assertThat(gateway.gate().closed).isEmpty();
  }

  @Test
  void plainBytesBehindTheRequestForTls_areNotTakenForWhatIsInside() {
    try (RawConnection connection = new RawConnection(gateway.port())) {
      connection.read(HandshakeV10::decode);
      Capabilities said = RawClient.USUAL.with(Capability.SSL).without(Capability.CONNECT_WITH_DB);
      connection.send(new SslRequest(said, 0, 45));
      connection.send(new byte[] {3, 0, 0, 2, 1, 2, 3});
      connection.drain();
    }
    assertThat(gateway.gate().closed).isEmpty();
    assertThat(enter(ScriptedGate.PASSWORD, AuthPlugin.CACHING_SHA2_PASSWORD).heard().getLast())
        .isInstanceOf(OkPacket.class);
  }

  /** What was sent, the error and its packet's number: 1 if what was sent is no packet in turn. */
  @ParameterizedTest
  @CsvSource({
    "ffffff01, 1043, 1",
    "00000000, 1043, 1",
    "00000005, 1043, 1",
    "000000 01, 3159, 2",
    "20000001 00020000 00000000 2d 0000000000000000000000000000000000000000000000, 3159, 2",
    "20000001 00080000 00000000 2d 0000000000000000000000000000000000000000000000, 1043, 2",
    "20000001 000a0000 00000000 2d 0000000000000000000000000001000000000000000000, 1043, 2",
    "04000001 41424344, 3159, 2"
  })
  void nonsenseInsteadOfALogin_isRefused(String hex, int code, int number) {
    try (RawConnection connection = new RawConnection(gateway.port())) {
      connection.read(HandshakeV10::decode);
      connection.send(Wire.bytes(hex));
      connection.expect(number);
      assertThat(connection.read(ErrPacket::decode).code()).isEqualTo(code);
      assertThat(connection.atEnd()).isTrue();
    }
  }
}
