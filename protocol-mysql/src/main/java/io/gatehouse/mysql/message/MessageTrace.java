package io.gatehouse.mysql.message;

import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Messages in one line each, for support and for tests. What a line never holds: passwords, proofs,
 * scrambles, and values, whether bound, returned, sent as a file or quoted in an error; of those it
 * gives the length. Statements are shown as they are.
 */
public final class MessageTrace {

  /** Who speaks to whom. */
  public enum Direction {
    CLIENT_TO_PROXY("client→proxy"),
    PROXY_TO_SERVER("proxy→server"),
    SERVER_TO_PROXY("server→proxy"),
    PROXY_TO_CLIENT("proxy→client");

    private final String text;

    Direction(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private MessageTrace() {}

  public static String line(Direction direction, Message message) {
    String name = message.getClass().getSimpleName();
    String fields =
        switch (message) {
          case FrontendMessage frontend -> FrontendTrace.fields(frontend);
          case BackendMessage backend -> BackendTrace.fields(backend);
        };
    return fields.isEmpty() ? direction + " " + name : direction + " " + name + " " + fields;
  }

  /** In quotes, on one line, with nothing that a terminal would act on. */
  static String quoted(String text) {
    StringBuilder line = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                default -> appendVisible(line, c);
              }
            });
    return line.append('"').toString();
  }

  private static void appendVisible(StringBuilder line, int c) {
    int kind = Character.getType(c);
    if (kind == Character.CONTROL
        || kind == Character.FORMAT
        || kind == Character.SURROGATE
        || kind == Character.LINE_SEPARATOR
        || kind == Character.PARAGRAPH_SEPARATOR) {
      line.append("\\u{").append(Integer.toHexString(c)).append('}');
    } else {
      line.appendCodePoint(c);
    }
  }

  /** Bytes that are text in the session's character set, which is UTF-8 nearly always. */
  static String quoted(byte[] text) {
    return quoted(Fields.lenient(text));
  }

  static String bytes(byte @Nullable [] value) {
    return value == null ? "NULL" : value.length + "B";
  }

  static String characters(@Nullable String text) {
    return text == null ? "none" : text.length() + "C";
  }

  static String values(List<byte @Nullable []> values) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    for (byte[] value : values) {
      list.add(bytes(value));
    }
    return list.toString();
  }

  static String names(Collection<String> names) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    names.forEach(name -> list.add(quoted(name)));
    return list.toString();
  }
}
