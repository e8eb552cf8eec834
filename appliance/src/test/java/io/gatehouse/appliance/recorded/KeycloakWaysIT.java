package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.cli.Main;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.certificate.ClientAuthority;
import io.gatehouse.appliance.identity.certificate.HostileCertificates;
import io.gatehouse.appliance.identity.keycloak.Keycloak;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens.Device;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One person of a real provider by every way in, with libpq as psql has it. */
class KeycloakWaysIT {
  private static final Pattern CODE = Pattern.compile("code: (\\S+)");
  private static final Pattern PAGE = Pattern.compile("http://\\S+");
  private static final String WHO = "SELECT session_user || ' as ' || current_user";
  private static final String POLICY =
      """
      rules:
        - name: reading
          operations: [read, session, call]
          resources: {kinds: [session, setting], schemas: [pg_catalog]}
          verdict: allow
      """;

  @TempDir private Path folder;
  private final ClientAuthority clients = new ClientAuthority();
  private Keycloak keycloak;
  private RealDatabase server;
  private JournalFolder journal;
  private Appliance gate;
  private boolean stopped;

  @BeforeEach
  void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run(
        "CREATE ROLE reader; CREATE ROLE analyst; CREATE ROLE deployer; CREATE ROLE app LOGIN;"
            + " GRANT reader, analyst, deployer TO app");
    keycloak = Keycloak.start();
    journal = JournalFolder.make(folder.resolve("kept"));
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("clients.crt"), clients.bundle().getCertificatePEM());
    ClientAuthority.write(
        clients.signed(b -> b.addSanUriName(URI.create(HostileCertificates.NAME))),
        folder,
        "deploy");
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path file = Files.writeString(folder.resolve("gatehouse.yaml"), configuration());
    gate = Appliance.start(file, new Environment(Map.of()));
  }

  private String configuration() throws IOException {
    int port = free();
    return """
    listeners:
      - name: main
        address: 127.0.0.1
        port: %d
        tls: {certificate: server.crt, key: server.key, client-ca: clients.crt}
        databases: {bank: bank}
    targets:
      - name: bank
        protocol: postgresql
        host: localhost
        port: %d
        without-tls: send-everything-unencrypted
        credential: {user: app, trust: true}
        role: reader
        accounts:
          - {groups: [analysts], role: analyst}
          - {groups: [ci], role: deployer}
    users: users.yaml
    identity:
      token-user: token
      oauth-user: oauth
      certificates:
        user: certificate
        name-from: uri
        callers:
          "%s": {subject: ci-deploy, groups: [ci]}
      issuers:
        - {issuer: "%s", audiences: [%s], subject: preferred_username}
      store: {file: store/control.db}
    desk:
      address: 127.0.0.1
      port: 0
      tls: {certificate: server.crt, key: server.key}
      provider: {issuer: "%s", client-id: %s, scopes: [openid]}
      offers:
        - {name: bank, host: localhost, port: %d, database: bank}
    policy: policy.yaml
    management: {address: 127.0.0.1, port: 0}
    limits: {analysis-millis: 60000}
    """
            .formatted(
                port,
                server.port(),
                HostileCertificates.NAME,
                keycloak.issuer(),
                Keycloak.AUDIENCE,
                keycloak.issuer(),
                KeycloakTokens.PEOPLE,
                port)
        + journal.section("");
  }

  /** Offers name it before it is bound. */
  private static int free() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return one.getLocalPort();
    }
  }

  private void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @AfterEach
  void end() throws Exception {
    stop();
    keycloak.close();
    server.close();
  }

  private Process gatehouse(String... arguments) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    return builder.start();
  }

  private static String printed(Process process) throws Exception {
    String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor()).as(all).isZero();
    return all;
  }

  private String ask(String user, String password, String more) throws Exception {
    return ask(connection(user) + " password=" + password + more, () -> "");
  }

  private String ask(String connection, Supplier<String> tokens) throws Exception {
    Path libraries = Path.of(server.ask("SELECT setting FROM pg_config WHERE name = 'LIBDIR'"));
    try (Libpq libpq = new Libpq(libraries, tokens)) {
      return libpq.ask(connection, WHO);
    }
  }

  private String connection(String user) {
    return "host=localhost port=%d dbname=bank user=%s sslmode=verify-full sslrootcert=%s"
        .formatted(gate.address("main").getPort(), user, folder.resolve("ca.crt"));
  }

  /** Erika types the code into Keycloak's page. */
  private void logIn() throws Exception {
    Process login =
        gatehouse(
            "login",
            "--device",
            "--gate",
            "https://localhost:" + gate.deskAddress().orElseThrow().getPort(),
            "--ca",
            folder.resolve("ca.crt").toString());
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = login.inputReader(StandardCharsets.UTF_8)) {
      Matcher code = CODE.matcher(said);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (code.reset(said).find()) {
          break;
        }
      }
      Matcher page = PAGE.matcher(said);
      assertThat(code.reset().find() && page.find()).as(said.toString()).isTrue();
      URI complete = URI.create(page.group() + "?user_code=" + code.group(1));
      keycloak.browser().allow(new Device("", code.group(1), complete), "erika");
      lines.lines().forEach(line -> said.append(line).append('\n'));
    }
    assertThat(login.waitFor()).as(said.toString()).isZero();
    assertThat(said).contains("logged in as erika until");
  }

  private String oauth() throws Exception {
    String token = keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika").access();
    return ask(
        connection("oauth")
            + " require_auth=oauth oauth_client_id=tests oauth_issuer="
            + keycloak.issuer(),
        () -> token);
  }

  @Test
  void everyWay_isOnRecordByItsPerson_andHasItsRoleAtTheDatabase() throws Exception {
    String token = keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika").access();
    String plain = keycloak.tokens().person(KeycloakTokens.PEOPLE, "max").access();

    assertThat(ask("token", token, "")).isEqualTo("app as analyst");
    assertThat(ask("token", plain, "")).isEqualTo("app as reader");
    assertThat(oauth()).isEqualTo("app as analyst");
    String keyPair =
        " sslcert=%s sslkey=%s"
            .formatted(folder.resolve("deploy.crt"), folder.resolve("deploy.key"));
    assertThat(ask("certificate", "''", keyPair)).isEqualTo("app as deployer");
    logIn();
    String environment = printed(gatehouse("env", "bank"));
    assertThat(ask(exported(environment, "PGUSER"), exported(environment, "PGPASSWORD"), ""))
        .isEqualTo("app as analyst");

    stop();
    assertThat(journal.audit().findings()).isEmpty();
    assertThat(
            journal.entries().stream()
                .filter(entry -> entry.kind() == Kind.SESSION_OPENED)
                .map(KeycloakWaysIT::shown))
        .containsExactly(
            "erika [analysts] token " + keycloak.issuer() + " analyst",
            "max [] token " + keycloak.issuer() + " reader",
            "erika [analysts] token " + keycloak.issuer() + " analyst",
            "ci-deploy [ci] certificate CN=authority of clients deployer",
            "erika [analysts] issued_credential " + keycloak.issuer() + " analyst");
  }

  private static String exported(String environment, String name) {
    Matcher line = Pattern.compile("export " + name + "='([^']*)'").matcher(environment);
    assertThat(line.find()).as(name).isTrue();
    return line.group(1);
  }

  private static String shown(JournalFolder.Entry entry) {
    return "%s %s %s %s %s"
        .formatted(
            entry.text("subject"),
            entry.rows("groups").stream().map(JournalFolder::text).toList(),
            entry.text("method"),
            entry.text("issuer"),
            entry.text("role"));
  }
}
