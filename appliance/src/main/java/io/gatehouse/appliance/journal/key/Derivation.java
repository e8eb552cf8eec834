package io.gatehouse.appliance.journal.key;

import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys for different ends from one secret, so that none tells anything of another. */
final class Derivation {
  private static final String MAC = "HmacSHA256";

  private Derivation() {}

  /** HMAC-SHA-256 of the purpose under the secret, so that the secret may be text. */
  static SecretKey key(Secret secret, String purpose, String algorithm) throws IOException {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret.bytes(), MAC));
      return new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII)), algorithm);
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no HMAC-SHA-256", e);
    }
  }
}
