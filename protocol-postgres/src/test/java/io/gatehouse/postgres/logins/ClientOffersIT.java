package io.gatehouse.postgres.logins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.testing.Answers;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.postgres.testing.GuardedServer;
import io.gatehouse.postgres.testing.GuardedServer.Held;
import io.gatehouse.postgres.testing.GuardedServer.Major;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.Certificates;
import io.gatehouse.spi.testing.ScriptedGate;
import io.netty.pkitesting.X509Bundle;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Each way in which the gate lets clients prove themselves, with a real driver where it can. */
class ClientOffersIT {

  @SuppressWarnings("NullAway.Init") // set before all
  private static ScriptedGate gate;

  @SuppressWarnings("NullAway.Init") // set before all
  private static Gateway open;

  @SuppressWarnings("NullAway.Init") // set before all
  private static Gateway tlsOnly;

  @BeforeAll
  static void start() {
    gate = new ScriptedGate(GuardedServer.of(Major.NEWEST).upstream(Held.TRUSTED, null));
    X509Bundle leaf = Certificates.localhost();
    open = Gateway.secured(gate, Certificates.gate(leaf, "postgresql"), true);
    tlsOnly = Gateway.secured(gate, Certificates.gate(leaf, "postgresql"), false);
  }

  @AfterAll
  static void stop() {
    open.close();
    tlsOnly.close();
  }

  @BeforeEach
  void passwords() {
    gate.askPassword();
  }

  private static Connection connect(Gateway gateway, String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "alice");
    properties.setProperty("password", ScriptedGate.PASSWORD);
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", Certificates.ca().toString());
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + gateway.port() + "/postgres", properties);
  }

  private static String currentUser(Connection connection) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery("select current_user")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"require, postgres", "prefer, postgres", "disable, postgres", "require, direct"})
  void scramInsideTls_letsTheDriverIn(String binding, String negotiation) throws SQLException {
    try (Connection connection =
        connect(tlsOnly, "channelBinding", binding, "sslNegotiation", negotiation)) {
      assertThat(currentUser(connection)).isEqualTo(Held.TRUSTED.user());
    }
  }

  @Test
  void bindingRequiredOutsideTls_isNotToBeHad() {
    assertThatThrownBy(() -> connect(open, "sslmode", "disable", "channelBinding", "require"))
        .isInstanceOf(PSQLException.class)
        .hasMessageContaining("hannel");
  }

  @Test
  void plainTextOnATlsOnlyListener_isRefusedWithAWayOut() {
    assertThatThrownBy(() -> connect(tlsOnly, "sslmode", "disable"))
        .isInstanceOfSatisfying(
            PSQLException.class,
            refused -> {
              assertThat(refused.getSQLState()).isEqualTo("28000");
              assertThat(refused.getMessage()).contains("TLS only");
              assertThat(told(refused).getHint()).isEqualTo("Connect with sslmode=verify-full.");
            });
  }

  private static ServerErrorMessage told(PSQLException refused) {
    ServerErrorMessage told = refused.getServerErrorMessage();
    if (told == null) {
      throw new AssertionError("not from the gate", refused);
    }
    return told;
  }

  @Test
  void unknownName_readsLikeAWrongPassword() {
    ScramVerifier nobodys =
        ScramVerifier.derive(
            Secret.of("unguessable".toCharArray()),
            ScramVerifier.LEAST_ITERATIONS,
            new SecureRandom());
    gate.ask(
        request ->
            new Offer.Scram(request.user().equals("alice") ? ScriptedGate.VERIFIER : nobodys),
        proof -> proof instanceof Proof.Scram(boolean proved) && proved);
    Set<String> answers = new HashSet<>();

    for (String user : new String[] {"alice", "nobody"}) {
      assertThatThrownBy(() -> connect(tlsOnly, "user", user, "password", "wrong"))
          .isInstanceOfSatisfying(
              PSQLException.class,
              refused -> {
                assertThat(refused.getSQLState()).isEqualTo("28P01");
                answers.add(told(refused).toString().replace(user, "USER"));
              });
    }

    assertThat(answers).hasSize(1);
  }

  @Test
  void provedPasswordThatTheEngineRefuses_readsLikeAWrongOne() {
    gate.ask(_ -> new Offer.Scram(ScriptedGate.VERIFIER), _ -> false);

    assertThatThrownBy(() -> connect(tlsOnly))
        .isInstanceOfSatisfying(
            PSQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void clearPasswordInsideTls_reachesTheEngine() throws SQLException {
    gate.ask(_ -> new Offer.ClearPassword(), ClientOffersIT::right);

    try (Connection connection = connect(tlsOnly)) {
      assertThat(currentUser(connection)).isEqualTo(Held.TRUSTED.user());
    }
    assertThatThrownBy(() -> connect(tlsOnly, "password", "wrong"))
        .isInstanceOfSatisfying(
            PSQLException.class, refused -> assertThat(refused.getSQLState()).startsWith("28"));
  }

  private static boolean right(Proof proof) {
    return proof instanceof Proof.ClearPassword(Secret password)
        && java.util.Arrays.equals(
            password.bytes(),
            ScriptedGate.PASSWORD.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void clearPasswordOutsideTls_isNotAskedFor() {
    gate.ask(_ -> new Offer.ClearPassword(), ClientOffersIT::right);

    assertThatThrownBy(() -> connect(open, "sslmode", "disable"))
        .isInstanceOfSatisfying(
            PSQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28000"))
        .hasMessageContaining("inside TLS only");
  }

  @Test
  void clientCertificate_isTheProof() {
    Set<String> seen = new HashSet<>();
    gate.ask(request -> certificate(request, seen), Proof.Certificate.class::isInstance);
    X509Bundle alice = Certificates.signedByTests("alice");

    try (RawConnection connection = new RawConnection(tlsOnly.port())) {
      logIn(connection, Certificates.clientContext(alice));
      assertThat(connection.read()).isInstanceOf(AuthenticationOk.class);
    }

    assertThat(seen).containsExactly("CN=alice at localhost");
  }

  private static Offer certificate(LoginRequest request, Set<String> seen) {
    LoginRequest.TlsFacts tls = request.tls().orElseThrow();
    tls.clientCertificates().stream()
        .limit(1)
        .forEach(
            leaf ->
                seen.add(
                    leaf.getSubjectX500Principal().getName()
                        + " at "
                        + tls.serverName().orElse("no name")));
    return new Offer.Certificate();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noCertificateWhereOneIsWanted_isRefused(boolean inTls) {
    gate.ask(_ -> new Offer.Certificate(), Proof.Certificate.class::isInstance);

    try (RawConnection connection = new RawConnection(open.port())) {
      if (inTls) {
        logIn(connection, Certificates.clientContext());
      } else {
        connection.send(new StartupMessage(3, 0, Map.of("user", "alice")));
      }
      assertThat(connection.read())
          .isInstanceOf(ErrorResponse.class)
          .extracting(Answers::line)
          .isEqualTo("FATAL 28000 connection requires a valid client certificate");
      assertThat(connection.atEnd()).isTrue();
    }
  }

  private static void logIn(RawConnection connection, SSLContext context) {
    connection.startTls(context);
    connection.send(new StartupMessage(3, 0, Map.of("user", "alice")));
  }
}
