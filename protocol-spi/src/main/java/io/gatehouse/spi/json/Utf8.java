package io.gatehouse.spi.json;

/** UTF-8 as RFC 3629 has it: shortest forms only, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The length of the character that begins here with a byte above 0x7F.
   *
   * @return 2 to 4, or 0 if it is none or does not end before {@code to}
   */
  static int length(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return follows(bytes, at + 1, to, 1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      int least = lead == 0xE0 ? 0xA0 : 0x80;
      int most = lead == 0xED ? 0x9F : 0xBF;
      return second(bytes, at + 1, to, least, most) && follows(bytes, at + 2, to, 1) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      int least = lead == 0xF0 ? 0x90 : 0x80;
      int most = lead == 0xF4 ? 0x8F : 0xBF;
      return second(bytes, at + 1, to, least, most) && follows(bytes, at + 2, to, 2) ? 4 : 0;
    }
    return 0;
  }

  /** Whether all of this is UTF-8. */
  public static boolean valid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int length = length(bytes, at, to);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private static boolean second(byte[] bytes, int at, int to, int least, int most) {
    return at < to && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= most;
  }

  private static boolean follows(byte[] bytes, int at, int to, int count) {
    if (at + count > to) {
      return false;
    }
    for (int i = at; i < at + count; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
