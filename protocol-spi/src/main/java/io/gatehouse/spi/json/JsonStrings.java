package io.gatehouse.spi.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The strings of JSON: what they mean, and how the gate writes its own. */
final class JsonStrings {
  private static final HexFormat HEX = HexFormat.of();

  private JsonStrings() {}

  /** What a string that was read means. */
  static String text(byte[] bytes, JsonTape tape, int entry) {
    int from = tape.start(entry) + 1;
    int to = tape.end(entry) - 1;
    return tape.escaped(entry)
        ? unescaped(bytes, from, to)
        : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static String unescaped(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int plain = from;
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
      text.append(escape(bytes, at + 1));
      at += bytes[at + 1] == 'u' ? 6 : 2;
      plain = at;
    }
    return text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8)).toString();
  }

  private static char escape(byte[] bytes, int at) {
    return switch (bytes[at]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit(bytes, at + 1);
      default -> (char) bytes[at];
    };
  }

  private static char unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = unit * 16 + Character.digit(bytes[i], 16);
    }
    return (char) unit;
  }

  /** Writes a string with its quotes, and escapes only what must be. */
  static void write(ByteArrayOutputStream out, byte[] utf8) {
    out.write('"');
    int plain = 0;
    for (int at = 0; at < utf8.length; at++) {
      byte b = utf8[at];
      if (b < 0 || (b >= ' ' && b != '"' && b != '\\')) {
        continue;
      }
      out.write(utf8, plain, at - plain);
      plain = at + 1;
      byte[] escape = escaped((char) b).getBytes(StandardCharsets.US_ASCII);
      out.write(escape, 0, escape.length);
    }
    out.write(utf8, plain, utf8.length - plain);
    out.write('"');
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"', '\\' -> "\\" + c;
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u" + HEX.toHexDigits(c);
    };
  }
}
