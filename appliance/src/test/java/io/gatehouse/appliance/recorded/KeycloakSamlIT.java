package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.cli.LoginProgram;
import io.gatehouse.appliance.client.Credential;
import io.gatehouse.appliance.desk.SamlGate;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.keycloak.Browser;
import io.gatehouse.appliance.identity.keycloak.Keycloak;
import io.gatehouse.appliance.journal.record.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A provider that others made, a person who logs in there by SAML, and what the gate makes of it.
 */
class KeycloakSamlIT {
  private static final Pattern CERTIFICATE = Pattern.compile("<(?:\\w+:)?X509Certificate>([^<]+)<");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static Keycloak keycloak;
  private static RealDatabase server;

  @TempDir private Path folder;
  private SamlGate gate;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int); GRANT ALL ON t TO app");
    keycloak = Keycloak.start();
  }

  @AfterAll
  static void end() throws Exception {
    if (keycloak != null) {
      keycloak.close();
    }
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    gate =
        SamlGate.start(
            folder,
            server.port(),
            new SamlGate.Provider(
                keycloak.issuer(), keycloak.issuer() + "/protocol/saml", certificate()));
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private static String certificate() throws Exception {
    Matcher found = CERTIFICATE.matcher(keycloak.samlDescriptor());
    assertThat(found.find()).isTrue();
    return "-----BEGIN CERTIFICATE-----\n"
        + found.group(1).strip()
        + "\n-----END CERTIFICATE-----\n";
  }

  /** What a browser does with the page that the command prints. */
  private HttpResponse<String> through(String page, String person) throws Exception {
    HttpResponse<String> sent = gate.get(page.substring(gate.url().length()));
    Browser.Posted posted =
        keycloak
            .browser()
            .answered(URI.create(sent.headers().firstValue("Location").orElseThrow()), person);
    assertThat(posted.action()).isEqualTo(gate.consumer());
    String form = "SAMLResponse=" + URLEncoder.encode(posted.response(), StandardCharsets.US_ASCII);
    HttpResponse<String> back = gate.post(form.getBytes(StandardCharsets.US_ASCII));
    assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
    assertThat(gate.post(form.getBytes(StandardCharsets.US_ASCII)).statusCode()).isEqualTo(403);
    try (HttpClient browser = HttpClient.newHttpClient()) {
      return browser.send(
          HttpRequest.newBuilder(URI.create(back.headers().firstValue("Location").orElseThrow()))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private Credential login(String person) throws Exception {
    LoginProgram program = new LoginProgram(folder, gate.url());
    FutureTask<Integer> running = new FutureTask<>(program::run);
    Thread.ofPlatform().daemon().start(running);
    await().atMost(PATIENCE).until(() -> program.page().isPresent() || running.isDone());
    HttpResponse<String> shown = through(program.page().orElseThrow(), person);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(running.get()).as(program.said()).isZero();
    return program.credential();
  }

  private void read(Credential credential) throws SQLException {
    try (Connection connection = gate.connect(credential.user(), credential.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private static List<String> groups(JournalFolder.Entry entry) {
    return entry.rows("groups").stream().map(JournalFolder::text).toList();
  }

  @Test
  void personsAreWhoKeycloakSays_andReadWhatTheirGroupsMay() throws Exception {
    Credential erika = login("erika");
    assertThat(erika.subject()).isEqualTo("erika");
    read(erika);
    Credential max = login("max");
    assertThat(catchThrowableOfType(SQLException.class, () -> read(max)).getSQLState())
        .isEqualTo("42501");
    gate.stop();
    assertThat(gate.journal().audit().findings()).isEmpty();
    assertThat(gate.journal().entries())
        .filteredOn(entry -> entry.kind() == Kind.CREDENTIAL_ISSUED)
        .extracting(
            entry ->
                String.join(
                    " ",
                    entry.text("subject"),
                    groups(entry).toString(),
                    entry.text("method"),
                    entry.text("issuer")))
        .containsExactly(
            "erika [analysts] saml " + keycloak.issuer(), "max [] saml " + keycloak.issuer());
    assertThat(gate.journal().entries())
        .filteredOn(entry -> entry.kind() == Kind.SESSION_OPENED)
        .extracting(
            entry ->
                String.join(
                    " ",
                    entry.text("subject"),
                    groups(entry).toString(),
                    entry.text("method"),
                    entry.text("issuer"),
                    entry.text("login")))
        .containsExactly(
            "erika [analysts] issued_credential " + keycloak.issuer() + " " + erika.user(),
            "max [] issued_credential " + keycloak.issuer() + " " + max.user());
  }
}
