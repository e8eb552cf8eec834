package io.gatehouse.appliance.mask.detect;

import java.util.Arrays;

/** Makes UTF-8 of whatever bytes there are, each in its place. */
final class WellFormed {

  private WellFormed() {}

  /** A copy in which a question mark stands for each byte that is no part of a character. */
  static byte[] copy(byte[] bytes, int from, int to) {
    byte[] text = Arrays.copyOfRange(bytes, from, to);
    int index = 0;
    while (index < text.length) {
      int length = length(text, index);
      if (length == 0) {
        text[index] = '?';
      }
      index += Math.max(1, length);
    }
    return text;
  }

  /** Of the character that begins here, by the table in RFC 3629, 4; 0 if none does. */
  private static int length(byte[] text, int index) {
    int first = text[index] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (index + length > text.length || !second(first, text[index + 1] & 0xFF)) {
      return 0;
    }
    for (int i = index + 2; i < index + length; i++) {
      if ((text[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static boolean second(int first, int second) {
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= lowest && second <= highest;
  }
}
