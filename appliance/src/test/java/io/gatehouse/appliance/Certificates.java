package io.gatehouse.appliance;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Real certificates for tests, made on the spot. */
public record Certificates(X509Bundle authority, X509Bundle leaf) {

  public static Certificates make() throws Exception {
    return make("localhost");
  }

  public static Certificates make(String name) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=test authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle leaf =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=" + name)
            .addSanDnsName(name)
            .buildIssuedBy(authority);
    return new Certificates(authority, leaf);
  }

  /** For clients that trust this authority and nobody else. */
  public SSLContext client() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", authority.getCertificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), new SecureRandom());
    return tls;
  }

  /** Writes ca.crt, server.crt and server.key. */
  public Certificates write(Path folder) throws Exception {
    Files.writeString(folder.resolve("ca.crt"), authority.getCertificatePEM());
    Files.writeString(folder.resolve("server.crt"), leaf.getCertificatePEM());
    Files.writeString(folder.resolve("server.key"), leaf.getPrivateKeyPEM());
    return this;
  }
}
