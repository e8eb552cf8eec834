package io.gatehouse.spi.message;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A message in one line, for support and for tests. Of what may be a protected value it gives the
 * length.
 */
public final class TraceLine {

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

  private TraceLine() {}

  /**
   * @param message named as its class is
   */
  public static String of(Direction direction, Object message, String fields) {
    String said = direction + " " + message.getClass().getSimpleName();
    return fields.isEmpty() ? said : said + " " + fields;
  }

  /** In quotes, on one line, with nothing that a terminal would act on. */
  public static String quoted(String text) {
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

  public static String bytes(byte @Nullable [] value) {
    return value == null ? "NULL" : value.length + "B";
  }

  public static String values(List<byte @Nullable []> values) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    for (byte[] value : values) {
      list.add(bytes(value));
    }
    return list.toString();
  }
}
