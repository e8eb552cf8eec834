package io.gatehouse.spi.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.net.TlsMaterial.UnusableException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes between contexts, without a network. */
final class TlsMaterialTest {
  private static final List<String> ALPN = List.of("postgresql");

  @TempDir private Path folder;
  private X509Bundle authority;
  private Path ca;
  private Path certificate;
  private Path key;

  @BeforeEach
  void files() throws Exception {
    authority = authority();
    X509Bundle leaf =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=server")
            .addSanDnsName("db.example")
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority);
    ca = Files.writeString(folder.resolve("ca.crt"), authority.getCertificatePEM());
    certificate = Files.writeString(folder.resolve("server.crt"), leaf.getCertificatePEM());
    key = Files.writeString(folder.resolve("server.key"), leaf.getPrivateKeyPEM());
  }

  private static X509Bundle authority() throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=authority")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private SSLEngine server() throws UnusableException {
    return engine(TlsMaterial.server(certificate, key, null, ALPN).context());
  }

  private static SSLEngine engine(SslContext context) {
    return context.newEngine(ByteBufAllocator.DEFAULT);
  }

  private static SSLEngine client(SslContext context, String host) {
    return context.newEngine(ByteBufAllocator.DEFAULT, host, 5432);
  }

  @Test
  void verifyFull_rightName_agreesOnTls13AndPostgresql() throws Exception {
    SSLEngine client = client(TlsMaterial.upstream(ca, true, ALPN), "db.example");
    SSLEngine server = server();

    handshake(client, server);

    assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(client.getApplicationProtocol()).isEqualTo("postgresql");
    assertThat(server.getApplicationProtocol()).isEqualTo("postgresql");
  }

  @Test
  void withoutProtocols_agreesOnNone() throws Exception {
    SSLEngine client = client(TlsMaterial.upstream(ca, true, List.of()), "db.example");
    SSLEngine asking = client(TlsMaterial.upstream(ca, true, ALPN), "db.example");
    SslContext silent = TlsMaterial.server(certificate, key, null, List.of()).context();

    handshake(client, engine(silent));
    handshake(asking, engine(silent));

    assertThat(client.getApplicationProtocol()).isNullOrEmpty();
    assertThat(asking.getApplicationProtocol()).isNullOrEmpty();
  }

  @Test
  void verifyFull_rightAddress_agrees() throws Exception {
    handshake(client(TlsMaterial.upstream(ca, true, ALPN), "127.0.0.1"), server());
  }

  @Test
  void verifyFull_wrongName_fails() throws Exception {
    SSLEngine client = client(TlsMaterial.upstream(ca, true, ALPN), "other.example");
    SSLEngine server = server();

    assertThatThrownBy(() -> handshake(client, server))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("other.example");
  }

  @Test
  void verifyCa_wrongName_agrees() throws Exception {
    handshake(client(TlsMaterial.upstream(ca, false, ALPN), "other.example"), server());
  }

  @Test
  void verifyCa_otherAuthority_fails() throws Exception {
    Path other = Files.writeString(folder.resolve("b.crt"), authority().getCertificatePEM());
    SSLEngine client = client(TlsMaterial.upstream(other, false, ALPN), "db.example");
    SSLEngine server = server();

    assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void noCaGiven_theRuntimesOwnCertificatesDecide() throws Exception {
    SSLEngine client = client(TlsMaterial.upstream(null, true, ALPN), "db.example");
    SSLEngine server = server();

    assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void clientWithoutAlpn_agrees() throws Exception {
    SslContext plain = SslContextBuilder.forClient().trustManager(ca.toFile()).build();
    SSLEngine server = server();

    handshake(client(plain, "db.example"), server);

    assertThat(server.getApplicationProtocol()).isEmpty();
  }

  @Test
  void clientWithAnotherProtocol_getsAnAlert() throws Exception {
    SSLEngine client = client(TlsMaterial.upstream(ca, true, List.of("http/1.1")), "db.example");
    SSLEngine server = server();

    assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
  }

  @Test
  void clientCa_verifiesWhoComesWithACertificateAndLetsOthersIn() throws Exception {
    SslContext context = TlsMaterial.server(certificate, key, ca, ALPN).context();
    X509Bundle known =
        new CertificateBuilder().ecp256().subject("CN=alice").buildIssuedBy(authority);
    X509Bundle forged =
        new CertificateBuilder().ecp256().subject("CN=alice").buildIssuedBy(authority());
    SSLEngine server = engine(context);

    handshake(client(presenting(known), "db.example"), server);

    assertThat(server.getSession().getPeerPrincipal().getName()).isEqualTo("CN=alice");
    handshake(client(TlsMaterial.upstream(ca, true, ALPN), "db.example"), engine(context));
    assertThatThrownBy(() -> handshake(client(presenting(forged), "db.example"), engine(context)))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private SslContext presenting(X509Bundle identity) throws Exception {
    return SslContextBuilder.forClient()
        .keyManager(identity.getKeyPair().getPrivate(), identity.getCertificatePath())
        .clientAuth(ClientAuth.NONE)
        .trustManager(ca.toFile())
        .build();
  }

  @Test
  void identity_carriesTheLeaf() throws Exception {
    ServerIdentity identity = TlsMaterial.server(certificate, key, null, ALPN);

    assertThat(identity.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=server");
  }

  @Test
  void rsaKey_isRead() throws Exception {
    X509Bundle rsa = new CertificateBuilder().rsa2048().subject("CN=rsa").buildIssuedBy(authority);
    Files.writeString(certificate, rsa.getCertificatePEM());
    Files.writeString(key, rsa.getPrivateKeyPEM());

    assertThat(TlsMaterial.server(certificate, key, null, ALPN).context().isServer()).isTrue();
  }

  @Test
  void keyOfAnotherCertificate_isRefused() throws Exception {
    Files.writeString(key, authority().getPrivateKeyPEM());

    assertThatThrownBy(() -> TlsMaterial.server(certificate, key, null, ALPN))
        .isInstanceOf(UnusableException.class)
        .hasMessage(key + " is not the key of the first certificate in " + certificate);
  }

  @Test
  void keyInAnotherForm_isRefusedWithAWayOut() throws Exception {
    String body =
        Base64.getEncoder().encodeToString("planted-secret".getBytes(StandardCharsets.US_ASCII));
    Files.writeString(
        key,
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + body + "\n-----END ENCRYPTED PRIVATE KEY-----");

    assertThatThrownBy(() -> TlsMaterial.server(certificate, key, null, ALPN))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt")
        .hasMessageNotContaining(body);
  }

  @Test
  void noCertificateInTheFile_isRefused() throws Exception {
    Files.writeString(certificate, "");

    assertThatThrownBy(() -> TlsMaterial.server(certificate, key, null, ALPN))
        .isInstanceOf(UnusableException.class)
        .hasMessage(certificate + " holds no certificate");
  }

  private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    ByteBuffer toServer = ByteBuffer.allocate(65_536);
    ByteBuffer toClient = ByteBuffer.allocate(65_536);
    for (int round = 0; round < 100; round++) {
      boolean clientMoved = step(client, toServer, toClient);
      boolean serverMoved = step(server, toClient, toServer);
      if (!clientMoved && !serverMoved) {
        break;
      }
    }
    assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
  }

  private static boolean step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
    int before = out.position() + in.position();
    ByteBuffer nothing = ByteBuffer.allocate(65_536);
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(ByteBuffer.allocate(0), out);
    } else {
      in.flip();
      try {
        engine.unwrap(in, nothing);
      } finally {
        in.compact();
      }
    }
    boolean worked = false;
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
      worked = true;
    }
    return worked
        || out.position() + in.position() != before
        || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }
}
