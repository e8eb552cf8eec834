package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.TraceLine;
import java.util.Collection;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Messages in one line each, for support and for tests. What a line never holds: passwords, proofs,
 * scrambles, and values, whether bound, returned, sent as a file or quoted in an error; of those it
 * gives the length. Statements are shown as they are.
 */
public final class MessageTrace {

  private MessageTrace() {}

  public static String line(TraceLine.Direction direction, Message message) {
    String fields =
        switch (message) {
          case FrontendMessage frontend -> FrontendTrace.fields(frontend);
          case BackendMessage backend -> BackendTrace.fields(backend);
        };
    return TraceLine.of(direction, message, fields);
  }

  /** Bytes that are text in the session's character set, which is UTF-8 nearly always. */
  static String text(byte[] text) {
    return TraceLine.quoted(Fields.lenient(text));
  }

  static String characters(@Nullable String text) {
    return text == null ? "none" : text.length() + "C";
  }

  static String names(Collection<String> names) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    names.forEach(name -> list.add(TraceLine.quoted(name)));
    return list.toString();
  }
}
