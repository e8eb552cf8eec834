package io.gatehouse.postgres.logins;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.AuthenticationSASLContinue;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.PasswordMessage;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.message.SASLResponse;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.oauth.HostileResponses;
import io.gatehouse.postgres.oauth.HostileResponses.Response;
import io.gatehouse.postgres.testing.Answers;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.postgres.testing.GuardedServer;
import io.gatehouse.postgres.testing.GuardedServer.Held;
import io.gatehouse.postgres.testing.GuardedServer.Major;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.Certificates;
import io.gatehouse.spi.testing.ScriptedGate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SASL OAUTHBEARER on the wire, as PostgreSQL 18 leads it. */
class ClientBearerIT {
  private static final String DISCOVERY = "{ \"status\": \"invalid_token\" }";
  private static final String FAILED =
      "FATAL 28000 OAuth bearer authentication failed for user \"alice\"";

  @SuppressWarnings("NullAway.Init") // set before all
  private static ScriptedGate gate;

  @SuppressWarnings("NullAway.Init") // set before all
  private static Gateway gateway;

  private final List<Secret> shown = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() {
    gate = new ScriptedGate(GuardedServer.of(Major.NEWEST).upstream(Held.TRUSTED, null));
    gateway =
        Gateway.secured(gate, Certificates.gate(Certificates.localhost(), "postgresql"), true);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @BeforeEach
  void askForTokens() {
    gate.ask(
        _ -> new Offer.OAuthBearer(DISCOVERY),
        proof -> {
          if (!(proof instanceof Proof.BearerToken(Secret token))) {
            return false;
          }
          shown.add(token);
          return Arrays.equals(token.bytes(), bytes(HostileResponses.TOKEN));
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static RawConnection asked() {
    RawConnection connection = new RawConnection(gateway.port());
    connection.startTls(Certificates.clientContext());
    connection.send(new StartupMessage(3, 0, Map.of("user", "alice")));
    assertThat(connection.read()).isEqualTo(new AuthenticationSASL(List.of("OAUTHBEARER")));
    return connection;
  }

  private static void open(RawConnection connection, byte @Nullable [] data) {
    connection.send(new SASLInitialResponse("OAUTHBEARER", data));
  }

  private static byte[] auth(String header) {
    return bytes("n,,\1auth=" + header + "\1\1");
  }

  private static void isChallenged(RawConnection connection) {
    assertThat(connection.read()).isEqualTo(new AuthenticationSASLContinue(bytes(DISCOVERY)));
  }

  private static void ends(RawConnection connection, String line) {
    assertThat(Answers.line(connection.read())).isEqualTo(line);
    assertThat(connection.atEnd()).isTrue();
  }

  @Test
  void acceptedToken_letsIn_withoutAnotherWord() {
    try (RawConnection connection = asked()) {
      open(connection, auth("Bearer " + HostileResponses.TOKEN));

      assertThat(connection.read()).isInstanceOf(AuthenticationOk.class);
    }
  }

  @Test
  void mechanismWithoutData_isAskedForIt() {
    try (RawConnection connection = asked()) {
      open(connection, null);
      assertThat(connection.read()).isEqualTo(new AuthenticationSASLContinue(new byte[0]));
      connection.send(new SASLResponse(auth("Bearer " + HostileResponses.TOKEN)));

      assertThat(connection.read()).isInstanceOf(AuthenticationOk.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer another", "Basic eyJ", "Bearer a b"})
  void anythingElse_isToldWhereToGetAToken_andFails(String header) {
    try (RawConnection connection = asked()) {
      open(connection, auth(header));
      isChallenged(connection);
      connection.send(new SASLResponse(new byte[] {1}));

      ends(connection, FAILED);
    }
    assertThat(shown).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\1\1", "\0", "n,,\1auth=Bearer " + HostileResponses.TOKEN + "\1\1"})
  void challengeAnsweredOtherwise_isAViolation(String answer) {
    try (RawConnection connection = asked()) {
      open(connection, auth(""));
      isChallenged(connection);
      connection.send(new SASLResponse(bytes(answer)));

      ends(connection, "FATAL 08P01 malformed OAUTHBEARER message");
    }
    assertThat(shown).as("a second token is not looked at").hasSize(1);
  }

  @Test
  void clientThatLeavesTheChallenge_getsNothingMore() {
    try (RawConnection connection = asked()) {
      open(connection, auth(""));
      isChallenged(connection);
    }
    try (RawConnection another = asked()) {
      open(another, auth("Bearer " + HostileResponses.TOKEN));
      assertThat(another.read()).isInstanceOf(AuthenticationOk.class);
    }
  }

  static Stream<Response> hostile() {
    return HostileResponses.all();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileMessage_isRefused_andIsNotShownToTheEngine(Response response) {
    try (RawConnection connection = asked()) {
      open(connection, response.bytes());
      BackendMessage answer = connection.read();

      assertThat(answer).isInstanceOf(ErrorResponse.class);
      ErrorResponse error = (ErrorResponse) answer;
      assertThat(error.severity() + " " + error.sqlState())
          .isEqualTo("FATAL " + response.sqlState());
      assertThat(String.valueOf(error.fields().get('D')))
          .isEqualTo(response.detail().isEmpty() ? "null" : response.detail());
      assertThat(error.toString()).doesNotContain(HostileResponses.TOKEN);
      assertThat(connection.atEnd()).isTrue();
    }
    assertThat(shown).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "OAUTHBEARER-PLUS", "oauthbearer", "PLAIN", ""})
  void otherMechanism_isRefused(String mechanism) {
    try (RawConnection connection = asked()) {
      connection.send(new SASLInitialResponse(mechanism, auth("Bearer " + HostileResponses.TOKEN)));

      ends(connection, "FATAL 08P01 client selected an invalid SASL authentication mechanism");
    }
    assertThat(shown).isEmpty();
  }

  @Test
  void passwordInItsPlace_isRefused() {
    try (RawConnection connection = asked()) {
      connection.send(new PasswordMessage(bytes(HostileResponses.TOKEN)));

      assertThat(Answers.line(connection.read())).startsWith("FATAL 08P01 ");
    }
    assertThat(shown).isEmpty();
  }

  @Test
  void tokenLongerThanAMessageMayBe_isRefusedBeforeItIsThere() {
    try (RawConnection connection = asked()) {
      connection.send(new byte[] {'p', 0, 1, 0, 5});

      ends(connection, "FATAL 08P01 invalid password packet size");
    }
    assertThat(shown).isEmpty();
  }

  @Test
  void outsideTls_isNotAskedFor() {
    try (RawConnection connection = new RawConnection(gateway.port())) {
      connection.send(new StartupMessage(3, 0, Map.of("user", "alice")));

      ends(connection, "FATAL 28000 this user's token is accepted inside TLS only");
    }
    assertThat(shown).isEmpty();
  }
}
