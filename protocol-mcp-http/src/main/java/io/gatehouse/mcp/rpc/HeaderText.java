package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Text in a header: as it is where a header can hold it, else {@code =?base64?...?=} over its
 * UTF-8.
 */
public final class HeaderText {
  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private HeaderText() {}

  /**
   * Nothing if it says that it is Base64 and is not, or not of UTF-8, or not in the one right form.
   */
  public static Optional<String> decoded(String header) {
    if (!header.startsWith(PREFIX) || !header.endsWith(SUFFIX)) {
      return Optional.of(header);
    }
    if (header.length() < PREFIX.length() + SUFFIX.length()) {
      return Optional.empty();
    }
    String base64 = header.substring(PREFIX.length(), header.length() - SUFFIX.length());
    byte[] utf8;
    try {
      utf8 = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    // The JDK reads what has no padding, and bits that no encoder leaves.
    boolean canonical = Base64.getEncoder().encodeToString(utf8).equals(base64);
    return canonical && Utf8.valid(utf8, 0, utf8.length)
        ? Optional.of(new String(utf8, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** What a header can carry, and is decoded to this text. */
  public static String encoded(String text) {
    boolean plain =
        !text.isEmpty()
            && text.chars().allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\t')
            && text.equals(stripped(text))
            && !(text.startsWith(PREFIX) && text.endsWith(SUFFIX));
    return plain
        ? text
        : PREFIX
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + SUFFIX;
  }

  /** Without the space and tabs around it that are no part of a header's value. */
  static String stripped(String header) {
    int from = 0;
    int to = header.length();
    while (from < to && blank(header.charAt(from))) {
      from++;
    }
    while (to > from && blank(header.charAt(to - 1))) {
      to--;
    }
    return header.substring(from, to);
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }
}
