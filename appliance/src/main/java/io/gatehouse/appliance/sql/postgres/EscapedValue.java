package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Collects the value of a string with backslash escapes. Its caller's thread owns it. */
final class EscapedValue {
  private final String sql;
  private final int quote;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StringBuilder characters = new StringBuilder();
  private int highSurrogate;

  EscapedValue(String sql, int quote) {
    this.sql = sql;
    this.quote = quote;
  }

  void append(char c, int at) {
    refusePending(at);
    characters.append(c);
  }

  /** Reads the escape at a backslash and gives the offset behind it. */
  int readEscape(int at) {
    if (at + 1 >= sql.length()) {
      throw new NotReadException("a quoted text that does not end", quote);
    }
    char c = sql.charAt(at + 1);
    if (c == 'u' || c == 'U') {
      return readUnicode(at, c == 'u' ? 4 : 8);
    }
    refusePending(at);
    if (c >= '0' && c <= '7') {
      return readByte(at + 1, 3, 8);
    }
    if (c == 'x' && at + 2 < sql.length() && digit(at + 2, 16) >= 0) {
      return readByte(at + 2, 2, 16);
    }
    characters.append(
        switch (c) {
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'v' -> '\u000b';
          default -> c;
        });
    return at + 2;
  }

  private int digit(int at, int radix) {
    char c = at < sql.length() ? sql.charAt(at) : '\0';
    return c < 0x80 ? Character.digit(c, radix) : -1;
  }

  private int readByte(int from, int most, int radix) {
    int value = 0;
    int at = from;
    while (at < from + most && digit(at, radix) >= 0) {
      value = value * radix + digit(at, radix);
      at++;
    }
    flushCharacters();
    bytes.write(value & 0xFF);
    return at;
  }

  private int readUnicode(int at, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = digit(at + 2 + i, 16);
      if (digit < 0 || value > 0x10FFFF) {
        throw new NotReadException("a wrong Unicode escape", at);
      }
      value = value * 16 + digit;
    }
    highSurrogate = UnicodeEscapes.append(characters, highSurrogate, value, at);
    return at + 2 + digits;
  }

  private void refusePending(int at) {
    if (highSurrogate != 0) {
      throw new NotReadException("half of a surrogate pair", at);
    }
  }

  private void flushCharacters() {
    bytes.writeBytes(characters.toString().getBytes(StandardCharsets.UTF_8));
    characters.setLength(0);
  }

  String text(int at) {
    refusePending(at);
    if (bytes.size() == 0) {
      return characters.toString();
    }
    flushCharacters();
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // the same refusal as for a NUL
    }
    throw new NotReadException("escapes that give no valid text", quote);
  }
}
