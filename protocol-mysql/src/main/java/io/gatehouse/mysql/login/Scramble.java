package io.gatehouse.mysql.login;

import io.gatehouse.mysql.message.HandshakeV10;
import java.security.SecureRandom;

/** What a client's proof is bound to. */
final class Scramble {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Scramble() {}

  /**
   * With a zero behind it. Seven bits, no zero and no dollar, as MySQL's own (generate_user_salt):
   * drivers take it for a text here and there.
   */
  static byte[] fresh() {
    byte[] scramble = new byte[HandshakeV10.SCRAMBLE_BYTES + 1];
    for (int i = 0; i < HandshakeV10.SCRAMBLE_BYTES; i++) {
      int next;
      do {
        next = RANDOM.nextInt(1, 0x80);
      } while (next == '$');
      scramble[i] = (byte) next;
    }
    return scramble;
  }
}
