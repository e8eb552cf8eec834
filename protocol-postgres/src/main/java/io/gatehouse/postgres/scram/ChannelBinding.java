package io.gatehouse.postgres.scram;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;

/** The channel binding {@code tls-server-end-point} (RFC 5929, section 4). */
public final class ChannelBinding {
  static final String NAME = "tls-server-end-point";

  private ChannelBinding() {}

  /** The hash of the server's certificate; empty for signatures that name no hash, as EdDSA. */
  public static Optional<byte[]> of(X509Certificate certificate) {
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    int with = signature.indexOf("WITH");
    if (with < 0) {
      return Optional.empty();
    }
    String hash = signature.substring(0, with);
    // RFC 5929: MD5 and SHA-1 are replaced by SHA-256.
    String digest =
        switch (hash) {
          case "MD5", "SHA1", "SHA256" -> "SHA-256";
          case "SHA384" -> "SHA-384";
          case "SHA512" -> "SHA-512";
          case "SHA224" -> "SHA-224";
          default -> "";
        };
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MessageDigest.getInstance(digest).digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
