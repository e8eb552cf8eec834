package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.certificate.ClientAuthority;
import io.gatehouse.appliance.identity.certificate.HostileCertificates;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.testing.Libpq;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of docs/identity.md, with the places of this test in them. What psql and psycopg are
 * given goes to the library that both hand it to.
 */
class DocumentedLoginsIT {
  private static final Path DOCS = Path.of("../docs/identity.md");
  private static final String SQL = "SELECT count(*) FROM t";
  private static final Pattern PSQL = Pattern.compile("psql (\"[^\"]*\")");
  private static final Pattern PSYCOPG = Pattern.compile("psycopg\\.connect\\(((\\s*\"[^\"]*\")+)");
  private static final Pattern JDBC =
      Pattern.compile("getConnection\\(((\\s*\\+?\\s*\"[^\"]*\")+), \"(\\w+)\"");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

  private static final Set<String> NAMED = Set.of("token", "oauth", "certificate");

  /** The examples of ways that need nothing else to be there. */
  private static final Pattern OURS = Pattern.compile("user=(token|oauth|certificate)\\b");

  @TempDir private Path folder;
  private OidcServer provider;
  private WaysGate gate;
  private String token;

  @BeforeEach
  void serve() throws Exception {
    provider = OidcServer.start(InstantSource.system());
    gate =
        new WaysGate(
            folder,
            """
            token-user: token
            oauth-user: oauth
            certificates:
              user: certificate
              name-from: uri
              callers:
                "%s": {subject: ci-deploy, groups: [ci]}
            issuers:
              - {issuer: "%s", audiences: [%s]}
            """
                .formatted(HostileCertificates.NAME, provider.issuer(), OidcServer.AUDIENCE));
    ClientAuthority.write(
        gate.clients.signed(b -> b.addSanUriName(URI.create(HostileCertificates.NAME))),
        folder,
        "deploy");
    token = provider.tokens().about("erika");
  }

  @AfterEach
  void end() throws Exception {
    gate.close();
    provider.close();
  }

  /** The arguments of each example, its texts put together. */
  private static List<MatchResult> examples(Pattern form) throws Exception {
    String docs = Files.readString(DOCS);
    int from = docs.indexOf("## Ways in");
    return form.matcher(docs.substring(from, docs.indexOf("\n## ", from + 1))).results().toList();
  }

  private static String joined(String texts) {
    StringBuilder joined = new StringBuilder();
    TEXT.matcher(texts.replace("\\\n", "")).results().forEach(one -> joined.append(one.group(1)));
    return joined.toString();
  }

  private String placed(String example) {
    return example
        .replace("host=gate.example.com", "host=localhost port=" + gate.port())
        .replace("//gate.example.com", "//localhost:" + gate.port())
        .replace("https://idp.example.com/realms/bank", provider.issuer())
        .replaceAll("=((ca|deploy)\\.\\w+)", "=" + folder + "/$1");
  }

  private String byLibrary(String example) throws Exception {
    try (Libpq libpq =
        new Libpq(
            Path.of(gate.server.ask("SELECT setting FROM pg_config WHERE name = 'LIBDIR'")),
            () -> token)) {
      String password = example.contains("user=token") ? " password=" + token : "";
      return libpq.ask(placed(example) + password, SQL);
    }
  }

  @Test
  void psqlAndPsycopg_logInAsDocumented() throws Exception {
    for (Pattern form : List.of(PSQL, PSYCOPG)) {
      List<String> examples =
          examples(form).stream()
              .map(one -> joined(one.group(1)))
              .filter(OURS.asPredicate())
              .toList();
      assertThat(examples).as(form.pattern()).hasSize(3);
      for (String example : examples) {
        assertThat(byLibrary(example)).as(example).isEqualTo("0");
      }
    }
  }

  @Test
  void pgjdbc_logsInAsDocumented() throws Exception {
    List<MatchResult> examples =
        examples(JDBC).stream().filter(one -> NAMED.contains(one.group(3))).toList();
    assertThat(examples).hasSize(2);
    for (MatchResult example : examples) {
      Properties properties = new Properties();
      properties.setProperty("user", example.group(3));
      if (example.group(3).equals("token")) {
        properties.setProperty("password", token);
      }
      try (Connection connection =
              DriverManager.getConnection(placed(joined(example.group(1))), properties);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(SQL)) {
        assertThat(rows.next()).isTrue();
      }
    }
  }
}
