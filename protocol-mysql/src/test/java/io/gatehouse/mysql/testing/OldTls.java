package io.gatehouse.mysql.testing;

import io.gatehouse.spi.net.TlsMaterial;
import io.gatehouse.spi.testing.Certificates;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** What the TLS of MySQL 8.0.15 needs beside what all others do. */
public final class OldTls {
  private OldTls() {}

  /** With an RSA key: of one on a curve it makes no use. */
  public static X509Bundle localhost() {
    return Certificates.localhost(new CertificateBuilder().rsa2048());
  }

  /**
   * As the configuration's {@code verify-full} makes it, with every cipher of the JDK's. The server
   * came with an OpenSSL of which it uses no key exchange on a curve, and Netty proposes no other.
   */
  public static SslContext verifyFull() {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(SslProvider.JDK)
          .ciphers(List.of(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites()))
          .endpointIdentificationAlgorithm("HTTPS")
          .trustManager(TlsMaterial.certificates(Certificates.ca()))
          .build();
    } catch (GeneralSecurityException | SSLException | TlsMaterial.UnusableException e) {
      throw new IllegalStateException(e);
    }
  }
}
