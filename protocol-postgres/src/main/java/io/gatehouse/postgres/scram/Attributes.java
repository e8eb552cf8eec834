package io.gatehouse.postgres.scram;

import java.security.SecureRandom;
import java.util.Base64;

/** The attribute syntax of SCRAM messages (RFC 5802, section 5). */
final class Attributes {
  static final String PLUS = "SCRAM-SHA-256-PLUS";
  static final String PLAIN = "SCRAM-SHA-256";

  private static final int NONCE_BYTES = 18;

  private Attributes() {}

  static String nonce(SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return Base64.getEncoder().encodeToString(nonce);
  }

  /** The value of an attribute that must stand at this place of the comma-separated list. */
  static String value(String[] parts, int index, char attribute) throws ScramFailure {
    if (index >= parts.length
        || parts[index].length() < 2
        || parts[index].charAt(0) != attribute
        || parts[index].charAt(1) != '=') {
      throw new ScramFailure("malformed SCRAM message: attribute \"" + attribute + "\" expected");
    }
    return parts[index].substring(2);
  }

  static byte[] decoded(String base64) throws ScramFailure {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new ScramFailure("malformed SCRAM message: invalid base64");
    }
  }

  /** RFC 5802: printable ASCII but the comma. */
  static void checkNonce(String nonce) throws ScramFailure {
    boolean printable = nonce.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ',');
    if (nonce.isEmpty() || !printable) {
      throw new ScramFailure("malformed SCRAM message: non-printable characters in nonce");
    }
  }

  static byte[] xor(byte[] one, byte[] other) {
    byte[] result = new byte[one.length];
    for (int i = 0; i < one.length; i++) {
      result[i] = (byte) (one[i] ^ other[i]);
    }
    return result;
  }
}
