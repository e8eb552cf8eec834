package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.testing.Libpq;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** libpq of PostgreSQL 18, which knows SASL OAUTHBEARER, unmodified. */
class OAuthLoginIT {
  private static final String SQL = "SELECT count(*) FROM t";

  @TempDir private Path folder;
  private final AtomicReference<String> token = new AtomicReference<>("");
  private OidcServer provider;
  private WaysGate gate;
  private Libpq libpq;

  @BeforeEach
  void serve() throws Exception {
    provider = OidcServer.start(InstantSource.system());
    gate =
        new WaysGate(
            folder,
            """
            oauth-user: oauth
            oauth-scope: openid bank
            issuers:
              - {issuer: "%s", audiences: [%s]}
            """
                .formatted(provider.issuer(), OidcServer.AUDIENCE));
    libpq =
        new Libpq(
            Path.of(gate.server.ask("SELECT setting FROM pg_config WHERE name = 'LIBDIR'")),
            token::get);
  }

  @AfterEach
  void end() throws Exception {
    libpq.close();
    gate.close();
    provider.close();
  }

  private String connection(String mode, String issuer) {
    return ("host=localhost port=%d dbname=bank user=oauth sslmode=%s sslrootcert=%s"
            + " oauth_issuer=%s oauth_client_id=tests require_auth=oauth")
        .formatted(gate.port(), mode, gate.file("ca.crt"), issuer);
  }

  private String ask() {
    return libpq.ask(connection("verify-full", provider.issuer()), SQL);
  }

  @Test
  void libraryThatIsToldWhereToGetAToken_logsInWithIt() throws Exception {
    provider.tokens().person("erika", "analysts");
    token.set(provider.tokens().about("erika"));

    assertThat(ask()).isEqualTo("0");
    assertThat(libpq.version()).isGreaterThanOrEqualTo(18_00_00);
    assertThat(libpq.asked)
        .containsExactly(provider.issuer() + OidcServer.DISCOVERY + " openid bank");
    assertThat(gate.recorded(Kind.SESSION_OPENED))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.text("subject")).isEqualTo("erika");
              assertThat(entry.text("method")).isEqualTo("token");
              assertThat(entry.text("login")).isEqualTo("oauth");
              assertThat(entry.text("issuer")).isEqualTo(provider.issuer());
              assertThat(entry.text("token")).isNotEmpty();
              assertThat(entry.rows("groups")).hasSize(1);
            });
    assertThat(gate.recorded(Kind.LOGIN_REFUSED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.text("reason")).isEqualTo("no token"));
    assertThat(gate.journal.audit().findings()).isEmpty();
  }

  @Test
  void listenerForTokensOnly_takesEveryNameSo_andNoPassword() throws Exception {
    gate.close();
    gate =
        new WaysGate(
            Files.createDirectory(folder.resolve("tokens-only")),
            """
            oauth-issuer: "%s"
            token-user: token
            issuers:
              - {issuer: "%s", audiences: [%s]}
            """
                .formatted(provider.issuer(), provider.issuer(), OidcServer.AUDIENCE),
            "oauth");
    token.set(provider.tokens().about("erika"));
    String erika = connection("verify-full", provider.issuer()).replace("user=oauth", "user=erika");
    String ann = connection("verify-full", provider.issuer()).replace("user=oauth", "user=ann");

    assertThat(libpq.ask(erika, SQL)).isEqualTo("0");
    assertThat(libpq.ask(ann, SQL)).isEqualTo("0");
    assertThat(libpq.ask(ann.replace("user=ann", "user=token"), SQL)).isEqualTo("0");
    assertThat(
            libpq.ask(
                ann.replace("require_auth=oauth", "require_auth=scram-sha-256 password=ann's"),
                SQL))
        .contains("scram-sha-256");
    assertThat(gate.recorded(Kind.SESSION_OPENED))
        .extracting(entry -> entry.text("subject"))
        .containsExactly("erika", "erika", "erika");
  }

  @Test
  void issuerThatIsKnownByItsDocument_isNotAskedFor() {
    token.set(provider.tokens().about("erika"));

    assertThat(libpq.ask(connection("verify-full", provider.issuer() + OidcServer.DISCOVERY), SQL))
        .isEqualTo("0");
    assertThat(libpq.asked).singleElement().asString().endsWith(OidcServer.DISCOVERY + " ");
  }

  @Test
  void tokenThatIsNotSound_isRefusedInTheWordsOfTheServer_andIsInNoLog() throws Exception {
    Map<String, Object> claims = provider.tokens().claims("erika");
    claims.put("aud", "another");
    String bad = provider.tokens().signed(claims);
    token.set(bad);
    try (RecordedLog log = RecordedLog.atTrace()) {
      assertThat(ask()).endsWith("FATAL:  OAuth bearer authentication failed for user \"oauth\"");
      // What a gate that has ended has logged is all of it.
      gate.stop();
      assertThat(log.lines())
          .anySatisfy(line -> assertThat(line).contains("token audience-wrong"))
          .allSatisfy(line -> assertThat(line).doesNotContain(bad.substring(bad.length() - 40)));
    }
    assertThat(gate.recorded(Kind.LOGIN_REFUSED).stream().map(entry -> entry.text("reason")))
        .containsExactly("no token", "token audience-wrong");
  }

  @Test
  void tokenThatHasNotTheFormOfOne_isNotTakenForOne() throws Exception {
    token.set("a token");

    assertThat(ask()).endsWith("FATAL:  OAuth bearer authentication failed for user \"oauth\"");
    assertThat(gate.recorded(Kind.LOGIN_REFUSED).stream().map(entry -> entry.text("reason")))
        .containsExactly("no token", "no token");
  }

  @Test
  void libraryThatWantsAnotherIssuer_doesNotGoToThisOne() {
    token.set(provider.tokens().about("erika"));

    assertThat(libpq.ask(connection("verify-full", "http://127.0.0.1:1"), SQL))
        .contains("is incompatible with oauth_issuer");
    assertThat(libpq.asked).isEmpty();
  }

  @Test
  void tokenOutsideTls_isNotAskedFor() {
    token.set(provider.tokens().about("erika"));

    assertThat(libpq.ask(connection("disable", provider.issuer()), SQL))
        .endsWith("FATAL:  this user's token is accepted inside TLS only");
    assertThat(libpq.asked).isEmpty();
  }
}
