package io.gatehouse.mysql.password;

import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The fast path of caching_sha2_password ("Caching_sha2_password information" in MySQL's sources).
 * A server keeps SHA-256(SHA-256(password)); what a client proves with is SHA-256(password), hidden
 * under a pad that only they know who have either and saw the scramble.
 */
public final class CachingSha2 {

  /** What a server says before the proof was accepted from memory. */
  public static final byte FAST_OK = 0x03;

  /** What a server says when it wants the password itself: inside TLS, or under its public key. */
  public static final byte SEND_PASSWORD = 0x04;

  /** What a client says that wants the server's public key. */
  public static final byte SEND_PUBLIC_KEY = 0x02;

  private CachingSha2() {}

  /** What a server keeps of a password. */
  public static byte[] digest(Secret password) {
    byte[] once = Sha256.digest(password.bytes());
    try {
      return Sha256.digest(once);
    } finally {
      Arrays.fill(once, (byte) 0);
    }
  }

  /**
   * The client's proof; of an empty password it is empty.
   *
   * @param scramble the server's 20 bytes
   */
  public static byte[] prove(Secret password, byte[] scramble) {
    if (password.bytes().length == 0) {
      return new byte[0];
    }
    byte[] proof = Sha256.digest(password.bytes());
    xor(proof, pad(Sha256.digest(proof), scramble));
    return proof;
  }

  /**
   * Whether the proof is of the password that the digest was made of. Takes the same time for every
   * proof of the right length.
   */
  public static boolean proves(byte[] proof, byte[] digest, byte[] scramble) {
    if (proof.length != Sha256.BYTES) {
      return false;
    }
    byte[] once = proof.clone();
    xor(once, pad(digest, scramble));
    try {
      return MessageDigest.isEqual(Sha256.digest(once), digest);
    } finally {
      Arrays.fill(once, (byte) 0);
    }
  }

  private static byte[] pad(byte[] digest, byte[] scramble) {
    byte[] both = Arrays.copyOf(digest, digest.length + scramble.length);
    System.arraycopy(scramble, 0, both, digest.length, scramble.length);
    return Sha256.digest(both);
  }

  private static void xor(byte[] target, byte[] pad) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= pad[i];
    }
  }
}
