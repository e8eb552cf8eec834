package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.identity.certificate.ClientAuthority;
import io.gatehouse.appliance.identity.certificate.HostileCertificates;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.testing.Libpq;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that show a certificate, and nothing else. */
class CertificateLoginIT {
  private static final String SQL = "SELECT count(*) FROM t";

  @TempDir private Path folder;
  private WaysGate gate;

  @BeforeEach
  void serve() throws Exception {
    gate =
        new WaysGate(
            folder,
            """
            certificates:
              user: certificate
              name-from: uri
              callers:
                "%s": {subject: ci-deploy, groups: [ci]}
            """
                .formatted(HostileCertificates.NAME));
    ClientAuthority.write(
        gate.clients.signed(b -> b.addSanUriName(URI.create(HostileCertificates.NAME))),
        folder,
        "deploy");
    ClientAuthority.write(
        gate.clients.signed(b -> b.addSanUriName(URI.create("spiffe://another"))),
        folder,
        "another");
  }

  @AfterEach
  void end() throws Exception {
    gate.close();
  }

  private Connection connect(String user, String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", gate.file("ca.crt").toString());
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + gate.port() + "/bank", properties);
  }

  private Connection connect(String user, String certificate) throws SQLException {
    return connect(
        user,
        "sslcert",
        gate.file(certificate + ".crt").toString(),
        "sslkey",
        gate.file(certificate + ".pk8").toString());
  }

  private static String read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SQL)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private interface Login {
    Connection connect() throws SQLException;
  }

  private static SQLException refused(Login login) {
    SQLException thrown = catchThrowableOfType(SQLException.class, () -> login.connect().close());
    assertThat((Throwable) thrown).isNotNull();
    return thrown;
  }

  @Test
  void certificateWithTheName_isItsHolder() throws Exception {
    try (Connection connection = connect("certificate", "deploy")) {
      assertThat(read(connection)).isEqualTo("0");
    }
    String fingerprint =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(
                        io.gatehouse.spi.net.TlsMaterial.certificates(gate.file("deploy.crt"))
                            .getFirst()
                            .getEncoded()));
    assertThat(gate.recorded(Kind.SESSION_OPENED))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.text("subject")).isEqualTo("ci-deploy");
              assertThat(entry.text("method")).isEqualTo("certificate");
              assertThat(entry.text("login")).isEqualTo("certificate");
              assertThat(entry.text("issuer")).isEqualTo("CN=authority of clients");
              assertThat(entry.rows("groups")).hasSize(1);
              assertThat(entry.fields().values())
                  .anySatisfy(field -> assertThat(field.toString()).contains(fingerprint));
            });
    assertThat(gate.journal.audit().findings()).isEmpty();
  }

  @Test
  void libpq_logsInAsWell() throws Exception {
    try (Libpq libpq =
        new Libpq(
            Path.of(gate.server.ask("SELECT setting FROM pg_config WHERE name = 'LIBDIR'")),
            () -> "")) {
      assertThat(
              libpq.ask(
                  ("host=localhost port=%d dbname=bank user=certificate sslmode=verify-full"
                          + " sslrootcert=%s sslcert=%s sslkey=%s")
                      .formatted(
                          gate.port(),
                          gate.file("ca.crt"),
                          gate.file("deploy.crt"),
                          gate.file("deploy.key")),
                  SQL))
          .isEqualTo("0");
    }
  }

  @Test
  void anotherName_isRefusedInTheWordsOfTheServer() throws Exception {
    SQLException thrown = refused(() -> connect("certificate", "another"));

    assertThat(thrown.getSQLState()).isEqualTo("28000");
    assertThat(thrown.getMessage())
        .endsWith("certificate authentication failed for user \"certificate\"");
    assertThat(gate.recorded(Kind.LOGIN_REFUSED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.text("reason")).isEqualTo("certificate unknown-name"));
  }

  @Test
  void noCertificate_isRefused() throws Exception {
    SQLException inside = refused(() -> connect("certificate"));
    SQLException outside = refused(() -> connect("certificate", "sslmode", "disable"));

    assertThat(inside.getSQLState()).isEqualTo("28000");
    assertThat(inside.getMessage()).contains("connection requires a valid client certificate");
    assertThat(outside.getMessage()).isEqualTo(inside.getMessage());
    assertThat(gate.recorded(Kind.LOGIN_REFUSED).stream().map(entry -> entry.text("reason")))
        .containsExactly("no proof", "no proof");
  }

  /** The certificate says nothing for another way in. */
  @Test
  void certificateWithTheNameOfAUser_isNotThatUser() {
    SQLException thrown = refused(() -> connect(WaysGate.ANN, "deploy"));

    assertThat(thrown.getMessage()).doesNotContain("certificate authentication");
  }
}
