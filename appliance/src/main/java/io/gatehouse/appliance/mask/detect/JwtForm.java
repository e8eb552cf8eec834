package io.gatehouse.appliance.mask.detect;

import java.nio.charset.StandardCharsets;

/**
 * RFC 7515 in its compact form, header and claims being JSON objects; the signature may be empty.
 */
final class JwtForm implements Form {
  /** The beginning of an object with a name in it, in base 64. */
  private static final byte[] OBJECT = "eyJ".getBytes(StandardCharsets.US_ASCII);

  private static final int LEAST = 8;

  @Override
  public Kind kind() {
    return Kind.JWT;
  }

  @Override
  public String triggers() {
    return "e";
  }

  @Override
  public long find(Window window, int at, int least) {
    int before = window.at(at - 1);
    if (!window.starts(at, OBJECT) || part(before) || before == '.') {
      return NONE;
    }
    int header = run(window, at);
    if (header - at < LEAST || window.at(header) != '.' || !window.starts(header + 1, OBJECT)) {
      return NONE;
    }
    int claims = run(window, header + 1);
    if (claims - header - 1 < LEAST || window.at(claims) != '.') {
      return NONE;
    }
    return Form.span(at, run(window, claims + 1));
  }

  private static int run(Window window, int start) {
    int end = start;
    while (part(window.at(end))) {
      end++;
    }
    return end;
  }

  private static boolean part(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_';
  }
}
