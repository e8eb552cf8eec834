package io.gatehouse.appliance.recorded;

import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The driver of the server's makers, which checks the gate's certificate.
 *
 * @param folder with the authority's, {@link #trust}ed
 */
record MysqlDriver(Flavour flavour, int port, Path folder) {
  private static final String PASSWORD = "of the store";

  /** Makes a store of the authority's certificate, for the driver that takes no other form. */
  static KeyStore trust(Path folder) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream ca = Files.newInputStream(folder.resolve("ca.crt"));
        OutputStream out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
      store.store(out, PASSWORD.toCharArray());
    }
    return store;
  }

  /**
   * @param options each after an ampersand
   */
  Connection connect(String user, String password, String database, String options)
      throws SQLException {
    String address =
        switch (flavour) {
          case MYSQL ->
              "jdbc:mysql://localhost:%d/%s?sslMode=VERIFY_IDENTITY&trustCertificateKeyStoreUrl=file:%s"
                      .formatted(port, database, folder.resolve("trusted.p12"))
                  + "&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStorePassword="
                  + PASSWORD.replace(" ", "%20");
          case MARIADB ->
              "jdbc:mariadb://localhost:%d/%s?sslMode=verify-full&serverSslCert=%s"
                  .formatted(port, database, folder.resolve("ca.crt"));
        };
    return DriverManager.getConnection(address + options, user, password);
  }
}
