package io.gatehouse.spi.login;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is stored of a password for SCRAM-SHA-256 (RFC 5803): enough to check a proof and to prove
 * the server, not enough to log in.
 *
 * @param iterations the cost of PBKDF2
 * @param salt random per user
 * @param storedKey H(ClientKey)
 * @param serverKey HMAC(SaltedPassword, "Server Key")
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only used in HMACs
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {

  /** OWASP's advice for PBKDF2-HMAC-SHA256 is higher; see the security model for the trade-off. */
  public static final int DEFAULT_ITERATIONS = 32_768;

  /** RFC 7677, section 4: at least 4096. */
  public static final int LEAST_ITERATIONS = 4_096;

  private static final int SALT_BYTES = 16;
  private static final Pattern ENCODED =
      Pattern.compile("SCRAM-SHA-256\\$(\\d{1,9}):([^$]+)\\$([^:]+):(.+)");

  /** Derives a verifier; costs PBKDF2 time, so never on an event loop. */
  public static ScramVerifier derive(Secret password, int iterations, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    ScramKeys keys = ScramKeys.derive(password, salt, iterations);
    return new ScramVerifier(
        iterations, salt, Sha256.digest(keys.clientKey()), keys.serverKey().clone());
  }

  /**
   * A verifier that no password fits, the same each time for the same name, so that an attacker
   * cannot tell an unknown name by its changing salt.
   */
  public static ScramVerifier decoy(byte[] processSecret, String user, int iterations) {
    byte[] seed =
        Sha256.hmac(processSecret, user.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    byte[] salt = java.util.Arrays.copyOf(seed, SALT_BYTES);
    byte[] unreachable = new byte[Sha256.BYTES];
    new SecureRandom().nextBytes(unreachable);
    return new ScramVerifier(iterations, salt, unreachable, unreachable);
  }

  /** The form PostgreSQL stores: {@code SCRAM-SHA-256$iterations:salt$storedKey:serverKey}. */
  public String encoded() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "SCRAM-SHA-256$%d:%s$%s:%s"
        .formatted(
            iterations,
            base64.encodeToString(salt),
            base64.encodeToString(storedKey),
            base64.encodeToString(serverKey));
  }

  /** Reads {@link #encoded}. */
  public static ScramVerifier parse(String encoded) {
    Matcher matcher = ENCODED.matcher(encoded);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a SCRAM-SHA-256 verifier; make one with: gatehouse user add");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    ScramVerifier verifier =
        new ScramVerifier(
            Integer.parseInt(matcher.group(1)),
            base64.decode(matcher.group(2)),
            base64.decode(matcher.group(3)),
            base64.decode(matcher.group(4)));
    if (verifier.iterations < LEAST_ITERATIONS
        || verifier.storedKey.length != Sha256.BYTES
        || verifier.serverKey.length != Sha256.BYTES) {
      throw new IllegalArgumentException(
          "a SCRAM-SHA-256 verifier has at least 4096 iterations and two keys of 32 bytes");
    }
    return verifier;
  }

  @Override
  public String toString() {
    return "ScramVerifier[redacted]";
  }
}
