package io.gatehouse.mcp.testing;

import io.gatehouse.mcp.http.HttpDoor;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.TlsMaterial;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** An authority of the tests' own, made on the spot, and what it signed. */
public final class TestTls {
  private static final X509Bundle AUTHORITY = authority();

  private TestTls() {}

  private static X509Bundle authority() {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=test authority")
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Bundle leaf(String name) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .addSanDnsName(name)
        .buildIssuedBy(AUTHORITY);
  }

  /** Who a gate on localhost is. */
  public static ServerIdentity gate() {
    try {
      X509Bundle leaf = leaf("localhost");
      return TlsMaterial.server(
          file(leaf.getCertificatePEM()), file(leaf.getPrivateKeyPEM()), null, HttpDoor.PROTOCOLS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the configuration's {@code verify-full} makes it. */
  public static SslContext towardsServers() {
    try {
      return TlsMaterial.upstream(file(AUTHORITY.getCertificatePEM()), true, List.of("http/1.1"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of the JDK, for clients; trusts the tests' authority. */
  public static SSLContext client() {
    return context(new KeyManager[0]);
  }

  /** Of the JDK, for a server of that name. */
  public static SSLContext server(String name) {
    try {
      return context(leaf(name).toKeyManagerFactory().getKeyManagers());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(KeyManager[] keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, AUTHORITY.toTrustManagerFactory().getTrustManagers(), new SecureRandom());
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path file(String content) throws java.io.IOException {
    Path file = Files.writeString(Files.createTempFile("tls", ".pem"), content);
    file.toFile().deleteOnExit();
    return file;
  }
}
