package io.gatehouse.postgres.logins;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.testing.GuardedServer;
import io.gatehouse.postgres.testing.GuardedServer.Held;
import io.gatehouse.postgres.testing.GuardedServer.Major;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.Certificates;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The gate proves itself with the held credential to real servers, both ends of the support. */
@ParameterizedClass
@EnumSource
class HeldCredentialIT {
  private static final String WHO =
      "select current_user, ssl from pg_stat_ssl where pid = pg_backend_pid()";
  private static final String UNREACHABLE =
      "FATAL 57P03 the gateway cannot reach the database server";
  private static final String BROKEN_TLS = "no TLS with ";

  @SuppressWarnings("NullAway.Init") // set before all
  private static Entry entry;

  @Parameter
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Major major;

  @BeforeAll
  static void open() {
    entry = new Entry();
  }

  @AfterAll
  static void close() {
    entry.close();
  }

  private GuardedServer server() {
    return GuardedServer.of(major);
  }

  private static @Nullable SslContext tls(boolean wanted) {
    return wanted ? Certificates.verifyFull("postgresql") : null;
  }

  @ParameterizedTest
  @CsvSource({
    "SCRAM, false",
    "SCRAM, true",
    "SCRAM_IN_TLS, true",
    "MD5, false",
    "MD5, true",
    "CLEAR, true",
    "TRUSTED, false",
    "TRUSTED, true"
  })
  void methodOfTheServer_isAnsweredOverTcp(Held held, boolean tls) {
    List<String> answer = entry.ask(server().upstream(held, tls(tls)), WHO);

    String row = "[%s, %s]".formatted(held.user(), tls ? "t" : "f");
    assertThat(answer).containsExactly("RowDescription", row, "SELECT 1", "ready I");
  }

  @ParameterizedTest
  @EnumSource
  void methodOfTheServer_isAnsweredThroughAUnixSocket(Held held) {
    List<String> answer =
        entry.ask(server().throughSocket(held), "select current_user, inet_server_port()");

    assertThat(answer).contains("[" + held.user() + ", null]");
  }

  @Test
  void clearPasswordAskedOutsideTls_isNotSent() {
    Upstream upstream = server().upstream(Held.CLEAR, null);

    assertThat(entry.clientSees(upstream)).containsExactly(UNREACHABLE);
    assertThat(entry.reason(upstream))
        .contains("clear text over a connection without TLS")
        .doesNotContain(Held.CLEAR.password());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRUSTED")
  void wrongHeldPassword_tellsTheLogAndNotTheClient(Held held) {
    Upstream upstream = as(held.user(), Secret.of("not it".toCharArray()), tls(true));

    assertThat(entry.clientSees(upstream)).containsExactly(UNREACHABLE);
    assertThat(entry.reason(upstream)).contains("28P01", held.user()).doesNotContain("not it");
  }

  @Test
  void passwordAskedOfATargetWithoutOne_isRefused() {
    Upstream upstream = as(Held.SCRAM.user(), null, null);

    assertThat(entry.clientSees(upstream)).containsExactly(UNREACHABLE);
    assertThat(entry.reason(upstream)).contains("asks for a password and the target has none");
  }

  @Test
  void roleThatMayNotLogIn_isNotNamedToTheClient() {
    Upstream upstream = as("nobody_there", null, null);

    assertThat(entry.clientSees(upstream)).containsExactly(UNREACHABLE);
    assertThat(entry.reason(upstream)).contains("28000");
  }

  private Upstream as(String user, @Nullable Secret password, @Nullable SslContext tls) {
    return GuardedServer.upstream(
        new Upstream.Tcp("localhost", server().port(), tls),
        new Credential(user, password == null ? null : HeldSecret.of(password)));
  }

  @Test
  void certificateForAnotherName_isRefused() {
    Upstream upstream =
        GuardedServer.upstream(
            new Upstream.Tcp("127.0.0.1", server().port(), tls(true)),
            GuardedServer.credential(Held.SCRAM));

    assertThat(entry.clientSees(upstream)).containsExactly(UNREACHABLE);
    assertThat(entry.reason(upstream)).startsWith(BROKEN_TLS).contains("127.0.0.1");
  }

  @Test
  void databaseThatDoesNotExist_isTheClientsToKnow() {
    Upstream upstream = database(Held.SCRAM, "absent", null, Map.of());

    assertThat(entry.clientSees(upstream))
        .containsExactly("FATAL 3D000 database \"absent\" does not exist");
  }

  @Test
  void tooManyConnectionsToTheDatabase_isTheClientsToKnow() {
    Upstream upstream = database(Held.SCRAM, "crowded", null, Map.of());

    assertThat(entry.clientSees(upstream))
        .containsExactly("FATAL 53300 too many connections for database \"crowded\"");
  }

  @Test
  void tooManyConnectionsOfTheHeldRole_isTheClientsToKnowWithoutTheRole() {
    List<String> seen = entry.clientSees(as(GuardedServer.CROWDED, null, null));

    assertThat(seen).singleElement().asString().startsWith("FATAL 53300 ");
    assertThat(seen.getFirst()).doesNotContain(GuardedServer.CROWDED);
  }

  @Test
  void role_isTakenOnAtTheStart() {
    Upstream upstream = database(Held.SCRAM, "postgres", GuardedServer.ROLE, Map.of());

    assertThat(entry.ask(upstream, "select current_user, session_user"))
        .contains("[%s, %s]".formatted(GuardedServer.ROLE, Held.SCRAM.user()));
  }

  @Test
  void roleThatMayNotBeTakenOn_isRefusedWithoutNamingTheHeldUser() {
    List<String> seen = entry.clientSees(database(Held.SCRAM, "postgres", "postgres", Map.of()));

    assertThat(seen).singleElement().asString().startsWith("FATAL ");
    assertThat(seen.getFirst()).doesNotContain(Held.SCRAM.user());
  }

  @Test
  void parameters_areSetAtTheStart() {
    Upstream upstream =
        database(Held.SCRAM, "postgres", null, Map.of("application_name", "behind the gate"));

    assertThat(entry.ask(upstream, "show application_name")).contains("[behind the gate]");
  }

  private Upstream database(
      Held held, String database, @Nullable String role, Map<String, String> parameters) {
    return new Upstream(
        "guarded",
        new Upstream.Tcp("localhost", server().port(), null),
        GuardedServer.credential(held),
        database,
        role,
        parameters);
  }
}
