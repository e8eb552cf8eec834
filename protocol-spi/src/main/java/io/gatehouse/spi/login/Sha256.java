package io.gatehouse.spi.login;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256, HMAC and PBKDF2 over bytes; the JDK's PBKDF2 takes characters only. */
public final class Sha256 {
  public static final int BYTES = 32;
  private static final String HMAC = "HmacSHA256";

  private Sha256() {}

  public static byte[] digest(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public static byte[] hmac(byte[] key, byte[] input) {
    return keyed(key).doFinal(input);
  }

  /** RFC 8018, section 5.2, for one block: the output is as long as the hash. */
  static byte[] pbkdf2(byte[] password, byte[] salt, int iterations) {
    Mac mac = keyed(password);
    mac.update(salt);
    byte[] block = mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(1).array());
    byte[] sum = block.clone();
    for (int round = 1; round < iterations; round++) {
      block = mac.doFinal(block);
      for (int i = 0; i < sum.length; i++) {
        sum[i] ^= block[i];
      }
    }
    return sum;
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      // An empty key is legal in RFC 2104 and refused by SecretKeySpec; one zero byte is the same.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
