package io.gatehouse.postgres.oauth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code gs2-header kvsep *kvpair kvsep} from the front (RFC 7628, section 3.1). The message
 * has no zero byte, so that one can stand for its end.
 */
final class ResponseReader {
  static final byte SEPARATOR = 1;

  private static final byte[] AUTH = "auth".getBytes(StandardCharsets.US_ASCII);

  private final byte[] message;
  private int at;

  ResponseReader(byte[] message) {
    this.message = message;
  }

  /** Where a value stands. */
  record Span(int from, int to) {}

  private byte here() {
    return atEnd() ? 0 : message[at];
  }

  boolean atEnd() {
    return at == message.length;
  }

  /** RFC 5801, section 4. There is nothing that a token could be bound to. */
  void skipGs2Header() throws OAuthFailure {
    switch (here()) {
      case 'p' ->
          throw new OAuthFailure(
              "The server does not support channel binding for OAuth, but the client message"
                  + " includes channel binding data.");
      case 'y', 'n' -> at++;
      default ->
          throw new OAuthFailure("Unexpected channel-binding flag \"" + shown(here()) + "\".");
    }
    require((byte) ',', "Comma expected, but found character \"%s\".");
    if (here() == 'a') {
      throw new OAuthFailure(
          "0A000", "client uses authorization identity, but it is not supported", "");
    }
    require((byte) ',', "Unexpected attribute \"%s\" in client-first-message.");
    require(SEPARATOR, "Key-value separator expected, but found character \"%s\".");
  }

  private void require(byte expected, String otherwise) throws OAuthFailure {
    if (here() != expected) {
      throw new OAuthFailure(otherwise.formatted(shown(here())));
    }
    at++;
  }

  private static String shown(byte c) {
    return c > ' ' && c < 0x7F ? "'" + (char) c + "'" : "0x%02x".formatted(c & 0xFF);
  }

  /** Reads all pairs; null if none of them is called so. Others are ignored, as the RFC says. */
  @Nullable Span auth() throws OAuthFailure {
    Span auth = null;
    while (!atEnd()) {
      int end = find(SEPARATOR, at, message.length);
      if (end < 0) {
        throw new OAuthFailure("Message contains an unterminated key/value pair.");
      }
      int start = at;
      at = end + 1;
      if (start == end) {
        return auth;
      }
      Span value = value(start, end);
      if (Arrays.equals(message, start, value.from() - 1, AUTH, 0, AUTH.length)) {
        if (auth != null) {
          throw new OAuthFailure("Message contains multiple auth values.");
        }
        auth = value;
      }
    }
    throw new OAuthFailure("Message did not contain a final terminator.");
  }

  private Span value(int start, int end) throws OAuthFailure {
    int equals = find((byte) '=', start, end);
    if (equals < 0) {
      throw new OAuthFailure("Message contains a key without a value.");
    }
    if (equals == start) {
      throw new OAuthFailure("Message contains an empty key name.");
    }
    for (int i = start; i < equals; i++) {
      if (!isLetter(message[i])) {
        throw new OAuthFailure("Message contains an invalid key name.");
      }
    }
    for (int i = equals + 1; i < end; i++) {
      if (!isValueCharacter(message[i])) {
        throw new OAuthFailure("Message contains an invalid value.");
      }
    }
    return new Span(equals + 1, end);
  }

  private int find(byte wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (message[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  static boolean isLetter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isValueCharacter(byte c) {
    return (c >= ' ' && c < 0x7F) || c == '\t' || c == '\r' || c == '\n';
  }
}
