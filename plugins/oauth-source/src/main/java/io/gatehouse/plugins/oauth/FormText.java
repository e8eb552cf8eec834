package io.gatehouse.plugins.oauth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What stands in application/x-www-form-urlencoded for bytes that may be secret. */
final class FormText {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private FormText() {}

  /** For whoever wipes it. */
  static byte[] of(byte[] value) {
    byte[] form = new byte[3 * value.length];
    int length = 0;
    for (byte one : value) {
      if (plain(one)) {
        form[length++] = one;
      } else if (one == ' ') {
        form[length++] = '+';
      } else {
        form[length++] = '%';
        form[length++] = HEX[(one >> 4) & 0xF];
        form[length++] = HEX[one & 0xF];
      }
    }
    byte[] exactly = Arrays.copyOf(form, length);
    Arrays.fill(form, (byte) 0);
    return exactly;
  }

  /** Of what is no secret. */
  static String of(String value) {
    return new String(of(value.getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII);
  }

  private static boolean plain(byte one) {
    return (one >= 'a' && one <= 'z')
        || (one >= 'A' && one <= 'Z')
        || (one >= '0' && one <= '9')
        || one == '-'
        || one == '.'
        || one == '_'
        || one == '*';
  }
}
