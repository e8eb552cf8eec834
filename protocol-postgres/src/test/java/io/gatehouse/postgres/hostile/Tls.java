package io.gatehouse.postgres.hostile;

import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.TlsMaterial;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** One certificate of the gate's, made on the spot, and clients that trust it. */
record Tls(ServerIdentity identity, SSLSocketFactory client) {
  static final Tls SHARED = make();

  private static Tls make() {
    try {
      X509Bundle bundle =
          new CertificateBuilder()
              .ecp256()
              .subject("CN=localhost")
              .addSanDnsName("localhost")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      SSLContext trusting = SSLContext.getInstance("TLS");
      trusting.init(null, bundle.toTrustManagerFactory().getTrustManagers(), new SecureRandom());
      return new Tls(identity(bundle), trusting.getSocketFactory());
    } catch (Exception e) {
      throw new IllegalStateException("no certificate could be made", e);
    }
  }

  private static ServerIdentity identity(X509Bundle bundle)
      throws IOException, TlsMaterial.UnusableException {
    Path certificate = Files.createTempFile("gate", ".crt");
    Path key = Files.createTempFile("gate", ".key");
    try {
      Files.writeString(certificate, bundle.getCertificatePEM());
      Files.writeString(key, bundle.getPrivateKeyPEM());
      return TlsMaterial.server(certificate, key, null, List.of("postgresql"));
    } finally {
      Files.delete(certificate);
      Files.delete(key);
    }
  }
}
