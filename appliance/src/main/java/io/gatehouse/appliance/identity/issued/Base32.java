package io.gatehouse.appliance.identity.issued;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Random characters, five bits each: digits and lower-case letters without i, l, o and u
 * (Crockford's choice), so that no two look alike and all may stand in a URL as they are.
 */
final class Base32 {
  private static final byte[] ALPHABET =
      "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);

  private Base32() {}

  /** As ASCII; the array is the caller's to wipe. */
  static byte[] random(int characters, SecureRandom random) {
    byte[] drawn = new byte[characters];
    random.nextBytes(drawn);
    for (int i = 0; i < characters; i++) {
      drawn[i] = ALPHABET[drawn[i] & (ALPHABET.length - 1)];
    }
    return drawn;
  }
}
