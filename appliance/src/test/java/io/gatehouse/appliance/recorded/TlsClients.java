package io.gatehouse.appliance.recorded;

import io.gatehouse.spi.net.TlsMaterial;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS of clients who trust the gate's authority. */
final class TlsClients {
  private final TrustManagerFactory trust;
  private final SSLContext plain;

  TlsClients(Path authority) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("gate", TlsMaterial.certificates(authority).getFirst());
    trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    plain = context(new KeyManager[0]);
  }

  /** Without a certificate. */
  SSLContext plain() {
    return plain;
  }

  /** With this one, whoever signed it. */
  SSLContext showing(X509Bundle leaf) {
    return context(new KeyManager[] {new OneKey(leaf)});
  }

  private SSLContext context(KeyManager[] keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
