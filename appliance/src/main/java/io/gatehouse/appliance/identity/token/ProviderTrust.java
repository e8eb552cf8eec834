package io.gatehouse.appliance.identity.token;

import io.gatehouse.spi.net.TlsMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Who may sign the certificates of providers' servers. Reads files, so never on an event loop. */
public final class ProviderTrust {
  private ProviderTrust() {}

  /** Those that this Java trusts. */
  public static SSLContext usual() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no certificates to trust", e);
    }
  }

  /** Those of the file and no other. */
  public static SSLContext of(Path ca) throws TlsMaterial.UnusableException {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (X509Certificate one : TlsMaterial.certificates(ca)) {
        trusted.setCertificateEntry(Integer.toString(trusted.size()), one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java cannot trust a file of certificates", e);
    }
  }
}
