package io.gatehouse.postgres.oauth;

import io.gatehouse.spi.login.Secret;
import java.util.Arrays;

/** What stands in an Authorization header (RFC 6750, section 2.1). */
final class BearerHeader {
  private static final String SCHEME = "bearer ";

  private BearerHeader() {}

  /** Empty if there is none, or something else. */
  static Secret token(byte[] header, int from, int to) {
    int at = from + SCHEME.length();
    if (at > to || !hasScheme(header, from)) {
      return Secret.of(new byte[0]);
    }
    while (at < to && header[at] == ' ') {
      at++;
    }
    return hasForm(header, at, to)
        ? Secret.of(Arrays.copyOfRange(header, at, to))
        : Secret.of(new byte[0]);
  }

  /** Without regard to case: RFC 7628, section 4. */
  private static boolean hasScheme(byte[] header, int from) {
    for (int i = 0; i < SCHEME.length(); i++) {
      byte found = header[from + i];
      int lower = found >= 'A' && found <= 'Z' ? found + ('a' - 'A') : found;
      if (lower != SCHEME.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** {@code b64token}; an empty one has the form of nothing that could be sent. */
  private static boolean hasForm(byte[] header, int from, int to) {
    int at = from;
    while (at < to && isTokenCharacter(header[at])) {
      at++;
    }
    while (at < to && header[at] == '=') {
      at++;
    }
    return at == to;
  }

  private static boolean isTokenCharacter(byte c) {
    return ResponseReader.isLetter(c) || (c >= '0' && c <= '9') || "-._~+/".indexOf(c) >= 0;
  }
}
