package io.gatehouse.appliance.mask.detect;

/** The bytes that are looked at. Beyond its ends there is nothing, which is no error. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Window(byte[] bytes, int from, int to) {
  private static final int NOTHING = -1;

  private static final boolean[] WORD = new boolean[256];

  static {
    for (int c = 0; c < 128; c++) {
      WORD[c] = Character.isLetterOrDigit(c) || c == '_';
    }
  }

  /** The byte, or a negative number. */
  int at(int index) {
    return index >= from && index < to ? bytes[index] & 0xFF : NOTHING;
  }

  boolean digit(int index) {
    int c = at(index);
    return c >= '0' && c <= '9';
  }

  /** An ASCII letter or digit, or an underscore. */
  boolean word(int index) {
    int c = at(index);
    return c >= 0 && WORD[c];
  }

  /** How many digits there are in a row, counted up to a bound. */
  int digits(int index, int most) {
    int count = 0;
    while (count < most && digit(index + count)) {
      count++;
    }
    return count;
  }

  boolean starts(int index, byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (at(index + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** A number goes on behind a separator: then what is here is a part of something longer. */
  boolean goesOn(int index) {
    int c = at(index);
    return word(index) || ((c == '-' || c == '.') && digit(index + 1));
  }

  /** The same, looking back. */
  boolean cameFrom(int index) {
    int c = at(index - 1);
    return word(index - 1) || ((c == '-' || c == '.') && digit(index - 2));
  }
}
