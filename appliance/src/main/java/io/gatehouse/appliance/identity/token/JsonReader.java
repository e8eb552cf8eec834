package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.identity.token.UnreadableJsonException.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259) so that no two readers can disagree about it: a name that stands twice in
 * an object, half a character, a number that no double holds and bytes after the end are refused.
 * Total and bounded; used by one thread for one text.
 */
public final class JsonReader {
  static final int MAX_DEPTH = 16;
  static final int MAX_VALUES = 4_096;

  /**
   * RFC 8259 section 6; the longest that a double needs to be written exactly enough is far
   * shorter.
   */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final int MAX_NUMBER = 32;

  private final String text;
  private int at;
  private int values;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The object that these bytes are, all of them. */
  public static Json.Members object(byte[] utf8) throws UnreadableJsonException {
    JsonReader reader = new JsonReader(decoded(utf8));
    Json value = reader.value(1);
    reader.space();
    if (reader.at < reader.text.length()) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
    if (value instanceof Json.Members object) {
      return object;
    }
    throw new UnreadableJsonException(Problem.NOT_JSON);
  }

  private static String decoded(byte[] utf8) throws UnreadableJsonException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
  }

  private Json value(int depth) throws UnreadableJsonException {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      throw new UnreadableJsonException(Problem.TOO_BIG);
    }
    space();
    return switch (peek()) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Truth(true));
      case 'f' -> word("false", new Json.Truth(false));
      case 'n' -> word("null", new Json.Null());
      default -> number();
    };
  }

  private Json members(int depth) throws UnreadableJsonException {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return new Json.Members(members);
    }
    do {
      space();
      String name = string();
      space();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw new UnreadableJsonException(Problem.REPEATED_NAME);
      }
    } while (more('}'));
    return new Json.Members(members);
  }

  private Json items(int depth) throws UnreadableJsonException {
    List<Json> items = new ArrayList<>();
    at++;
    space();
    if (peek() == ']') {
      at++;
      return new Json.Items(items);
    }
    do {
      items.add(value(depth + 1));
    } while (more(']'));
    return new Json.Items(items);
  }

  /** Whether another one follows; takes the comma or the closing sign. */
  private boolean more(char closing) throws UnreadableJsonException {
    space();
    char next = next();
    if (next != ',' && next != closing) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
    return next == ',';
  }

  private Json word(String word, Json value) throws UnreadableJsonException {
    if (!text.startsWith(word, at)) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
    at += word.length();
    return value;
  }

  private Json number() throws UnreadableJsonException {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.length() > MAX_NUMBER || !NUMBER.matcher(digits).matches()) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
    double value = Double.parseDouble(digits);
    if (!Double.isFinite(value)) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
    return new Json.Numeric(value);
  }

  private String string() throws UnreadableJsonException {
    expect('"');
    StringBuilder string = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw new UnreadableJsonException(Problem.NOT_JSON);
      }
      string.append(c == '\\' ? escaped() : c);
    }
    requireWholeCharacters(string);
    return string.toString();
  }

  private char escaped() throws UnreadableJsonException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw new UnreadableJsonException(Problem.NOT_JSON);
    };
  }

  private char unit() throws UnreadableJsonException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new UnreadableJsonException(Problem.NOT_JSON);
      }
      unit = unit * 16 + digit;
    }
    return (char) unit;
  }

  /** RFC 8259 section 8.2: what readers make of half a pair is unpredictable. */
  private static void requireWholeCharacters(CharSequence string) throws UnreadableJsonException {
    boolean half =
        string
            .codePoints()
            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    if (half) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws UnreadableJsonException {
    if (at >= text.length()) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
    return text.charAt(at);
  }

  private char next() throws UnreadableJsonException {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char wanted) throws UnreadableJsonException {
    if (next() != wanted) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
  }
}
