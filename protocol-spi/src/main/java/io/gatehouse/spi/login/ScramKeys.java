package io.gatehouse.spi.login;

import com.ongres.saslprep.SASLprep;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The two keys that SCRAM-SHA-256 derives from a password (RFC 5802, section 3). As good as the
 * password for this server: treat as a secret.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only used in HMACs
public record ScramKeys(byte[] clientKey, byte[] serverKey) implements AutoCloseable {
  private static final byte[] CLIENT_KEY = "Client Key".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SERVER_KEY = "Server Key".getBytes(StandardCharsets.US_ASCII);

  /** Both in one secret, which the caller closes; for keeping them. */
  public Secret joined() {
    byte[] both = Arrays.copyOf(clientKey, clientKey.length + serverKey.length);
    System.arraycopy(serverKey, 0, both, clientKey.length, serverKey.length);
    return Secret.of(both);
  }

  /** What {@link #joined} gave. The caller closes the keys. */
  public static ScramKeys parted(Secret joined) {
    byte[] both = joined.bytes();
    return new ScramKeys(
        Arrays.copyOf(both, Sha256.BYTES), Arrays.copyOfRange(both, Sha256.BYTES, both.length));
  }

  /** Costs PBKDF2 time, so never on an event loop. */
  public static ScramKeys derive(Secret password, byte[] salt, int iterations) {
    byte[] prepared = prepare(password);
    byte[] salted = Sha256.pbkdf2(prepared, salt, iterations);
    try {
      return new ScramKeys(Sha256.hmac(salted, CLIENT_KEY), Sha256.hmac(salted, SERVER_KEY));
    } finally {
      Arrays.fill(prepared, (byte) 0);
      Arrays.fill(salted, (byte) 0);
    }
  }

  /**
   * SASLprep (RFC 4013); like PostgreSQL, a password that it refuses or that is not UTF-8 is used
   * as it is.
   */
  private static byte[] prepare(Secret password) {
    char[] characters;
    try {
      characters = password.characters();
    } catch (IllegalStateException notText) {
      return password.bytes().clone();
    }
    try {
      char[] normalized = new SASLprep().prepareStored(characters);
      try (Secret secret = Secret.of(normalized)) {
        return secret.bytes().clone();
      } finally {
        Arrays.fill(normalized, '\0');
      }
    } catch (IllegalArgumentException prohibited) {
      return password.bytes().clone();
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** Wipes them. */
  @Override
  public void close() {
    Arrays.fill(clientKey, (byte) 0);
    Arrays.fill(serverKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "ScramKeys[redacted]";
  }
}
