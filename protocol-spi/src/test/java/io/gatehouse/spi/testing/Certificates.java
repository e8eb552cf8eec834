package io.gatehouse.spi.testing;

import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.TlsMaterial;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An authority of the tests' own, made on the spot, and what it signed. */
public final class Certificates {
  private static final Path FOLDER = folder();
  private static final X509Bundle AUTHORITY = authority();

  private Certificates() {}

  /** The authority's certificate, as a file. */
  public static Path ca() {
    return write("ca.crt", AUTHORITY.getCertificatePEM());
  }

  public static X509Bundle authority() {
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

  /** A certificate for localhost, of the tests' authority. */
  public static X509Bundle localhost() {
    return signedByTests("localhost");
  }

  public static X509Bundle signedByTests(String name) {
    return signed(name, AUTHORITY);
  }

  /** For localhost, by a key of the caller's choice. */
  public static X509Bundle localhost(CertificateBuilder key) {
    try {
      return key.subject("CN=localhost").addSanDnsName("localhost").buildIssuedBy(AUTHORITY);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** For the name as subject and DNS name. */
  public static X509Bundle signed(String name, X509Bundle authority) {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=" + name)
          .addSanDnsName(name)
          .buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Who a gate is that also asks for certificates of the tests' authority.
   *
   * @param protocols by ALPN
   */
  public static ServerIdentity gate(X509Bundle leaf, String... protocols) {
    try {
      return TlsMaterial.server(
          write("gate.crt", leaf.getCertificatePEM()),
          write("gate.key", leaf.getPrivateKeyPEM()),
          ca(),
          List.of(protocols));
    } catch (TlsMaterial.UnusableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the configuration's {@code verify-full} makes it. */
  public static SslContext verifyFull(String... protocols) {
    try {
      return TlsMaterial.upstream(ca(), true, List.of(protocols));
    } catch (TlsMaterial.UnusableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of somebody who trusts others. */
  public static SslContext verifyFullOfAnother() {
    try {
      Path other = write("other.crt", authority().getCertificatePEM());
      return TlsMaterial.upstream(other, true, List.of());
    } catch (TlsMaterial.UnusableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of the JDK, for fake servers. */
  public static SSLContext serverContext(X509Bundle leaf) {
    return context(leaf);
  }

  /** Of the JDK, for raw clients; trusts the tests' authority. */
  public static SSLContext clientContext() {
    return context(null);
  }

  /** The same, with a certificate to show. */
  public static SSLContext clientContext(X509Bundle leaf) {
    return context(leaf);
  }

  private static SSLContext context(@Nullable X509Bundle leaf) {
    try {
      KeyManager[] keys =
          leaf == null ? new KeyManager[0] : leaf.toKeyManagerFactory().getKeyManagers();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, AUTHORITY.toTrustManagerFactory().getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("certificates");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(String name, String content) {
    try {
      Path file = Files.writeString(FOLDER.resolve(name), content);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
