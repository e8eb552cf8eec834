package io.gatehouse.mysql.password;

import io.gatehouse.spi.login.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * mysql_native_password ("Native authentication" in MySQL's sources), towards servers only: it is
 * SHA-1, and what the gate asks of clients need not be.
 */
public final class NativePassword {
  private NativePassword() {}

  /**
   * The client's proof; of an empty password it is empty.
   *
   * @param scramble the server's 20 bytes
   */
  public static byte[] prove(Secret password, byte[] scramble) {
    if (password.bytes().length == 0) {
      return new byte[0];
    }
    MessageDigest sha1 = sha1();
    byte[] proof = sha1.digest(password.bytes());
    byte[] twice = sha1.digest(proof);
    sha1.update(scramble);
    byte[] pad = sha1.digest(twice);
    Arrays.fill(twice, (byte) 0);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= pad[i];
    }
    return proof;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
