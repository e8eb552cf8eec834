package io.gatehouse.spi.net;

import io.gatehouse.spi.LoginRequest;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What the finished TLS handshake says about a client. */
public final class TlsFacts {
  private TlsFacts() {}

  public static LoginRequest.TlsFacts of(ChannelPipeline pipeline) {
    SSLSession session = pipeline.get(SslHandler.class).engine().getSession();
    return new LoginRequest.TlsFacts(
        session.getProtocol(),
        session.getCipherSuite(),
        serverName(session),
        certificates(session));
  }

  private static Optional<String> serverName(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return Optional.of(host.getAsciiName());
        }
      }
    }
    return Optional.empty();
  }

  private static List<X509Certificate> certificates(SSLSession session) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        if (certificate instanceof X509Certificate x509) {
          chain.add(x509);
        }
      }
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
    return chain;
  }
}
