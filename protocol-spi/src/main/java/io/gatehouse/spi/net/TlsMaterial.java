package io.gatehouse.spi.net;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Builds TLS contexts from PEM files. There is no way to build one that trusts everybody. Reads
 * files, so never on an event loop.
 */
public final class TlsMaterial {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private TlsMaterial() {}

  /** Why files are of no use; the message names the file and never shows its content. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Who the gate is towards clients.
   *
   * @param certificate the chain, leaf first
   * @param key the leaf's private key, PKCS#8 without a passphrase
   * @param clientCa who may sign client certificates; null means none are asked for. A client may
   *     come without one: whether it must not is the engine's to say.
   * @param protocols what clients may ask for by ALPN; others fail the handshake. With none there
   *     is no ALPN, and what a client asks for by it is not heard
   */
  public static ServerIdentity server(
      Path certificate, Path key, @Nullable Path clientCa, List<String> protocols)
      throws UnusableException {
    X509Certificate[] chain = certificates(certificate).toArray(X509Certificate[]::new);
    PrivateKey privateKey = PemKey.read(key);
    PemKey.requirePair(privateKey, chain[0], key, certificate);
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(privateKey, chain)
              .sslProvider(SslProvider.JDK)
              .protocols(VERSIONS)
              .applicationProtocolConfig(alpn(protocols));
      if (clientCa != null) {
        builder.trustManager(certificates(clientCa)).clientAuth(ClientAuth.OPTIONAL);
      }
      return new ServerIdentity(builder.build(), chain[0]);
    } catch (SSLException | IllegalArgumentException e) {
      throw new UnusableException(certificate + " and " + key + " make no TLS context", e);
    }
  }

  /**
   * How the gate proves a target's identity.
   *
   * @param ca the certificates to trust; null means those the Java runtime trusts
   * @param hostName whether the certificate must carry the host name given to the handler
   * @param protocols what the gate asks for by ALPN, if anything
   */
  public static SslContext upstream(@Nullable Path ca, boolean hostName, List<String> protocols)
      throws UnusableException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols(VERSIONS)
              .applicationProtocolConfig(alpn(protocols))
              // Without an algorithm the chain is verified and the name is not.
              .endpointIdentificationAlgorithm(hostName ? "HTTPS" : null);
      if (ca != null) {
        builder.trustManager(certificates(ca));
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new UnusableException("no TLS context can be made towards the target", e);
    }
  }

  /** All certificates of a PEM file; at least one. */
  public static List<X509Certificate> certificates(Path file) throws UnusableException {
    try (InputStream content = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(content);
      if (found.isEmpty()) {
        throw new UnusableException(file + " holds no certificate", null);
      }
      return found.stream().map(X509Certificate.class::cast).toList();
    } catch (NoSuchFileException e) {
      throw new UnusableException("there is no file " + file, e);
    } catch (IOException e) {
      throw new UnusableException(file + " cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new UnusableException(file + " is not a PEM file of certificates", e);
    }
  }

  // Like PostgreSQL's server: whoever asks by ALPN for something else gets an alert.
  private static ApplicationProtocolConfig alpn(List<String> protocols) {
    if (protocols.isEmpty()) {
      return ApplicationProtocolConfig.DISABLED;
    }
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.FATAL_ALERT,
        SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }
}
