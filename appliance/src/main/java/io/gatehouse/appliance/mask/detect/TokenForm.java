package io.gatehouse.appliance.mask.detect;

import java.nio.charset.StandardCharsets;

/** A prefix that an issuer of keys has for itself, and so many characters behind it. */
final class TokenForm implements Form {
  private final Kind kind;
  private final byte[] prefix;
  private final boolean[] alphabet;
  private final int least;
  private final int most;

  /**
   * @param alphabet its characters; a range is three of them with a hyphen in the middle
   * @param most 0 if nothing bounds it
   */
  private TokenForm(Kind kind, String prefix, String alphabet, int least, int most) {
    this.kind = kind;
    this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
    this.alphabet = alphabet(alphabet);
    this.least = least;
    this.most = most == 0 ? Integer.MAX_VALUE : most;
  }

  static TokenForm exactly(Kind kind, String prefix, String alphabet, int length) {
    return new TokenForm(kind, prefix, alphabet, length, length);
  }

  static TokenForm atLeast(Kind kind, String prefix, String alphabet, int length) {
    return new TokenForm(kind, prefix, alphabet, length, 0);
  }

  private static boolean[] alphabet(String characters) {
    boolean[] alphabet = new boolean[128];
    for (int i = 0; i < characters.length(); i++) {
      boolean range = i + 2 < characters.length() && characters.charAt(i + 1) == '-';
      char last = characters.charAt(range ? i + 2 : i);
      for (char c = characters.charAt(i); c <= last; c++) {
        alphabet[c] = true;
      }
      i += range ? 2 : 0;
    }
    return alphabet;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String triggers() {
    return String.valueOf((char) prefix[0]);
  }

  @Override
  public long find(Window window, int at, int least) {
    if (window.word(at - 1) || !window.starts(at, prefix)) {
      return NONE;
    }
    int start = at + prefix.length;
    int index = start;
    while (index - start <= most && of(window.at(index))) {
      index++;
    }
    int length = index - start;
    return length >= this.least && length <= most && !window.word(index)
        ? Form.span(at, index)
        : NONE;
  }

  private boolean of(int c) {
    return c >= 0 && c < alphabet.length && alphabet[c];
  }
}
