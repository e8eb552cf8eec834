package io.gatehouse.plugins.http;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer in JSON (RFC 8259), read where it stands. A text is only taken out of the bytes when it
 * is asked for, as bytes, so that what is not asked for is nowhere, and what is can be wiped. Used
 * by one thread.
 */
public final class JsonAnswer implements AutoCloseable {
  private static final int MAX_DEPTH = 32;

  private sealed interface Node {
    record Members(Map<String, Node> members) implements Node {}

    /** Between its quotes, as it stands there. */
    record Text(int from, int to) implements Node {}

    record Whole(long value) implements Node {}

    /** What nobody asks for: arrays, fractions, null, truths. */
    record Other() implements Node {}
  }

  private static final Node OTHER = new Node.Other();

  private final byte[] json;
  private int at;
  private Node root = OTHER;

  private JsonAnswer(byte[] json) {
    this.json = json;
  }

  /** Takes the array over. */
  public static JsonAnswer read(byte[] json) throws SecretUnavailableException {
    JsonAnswer answer = new JsonAnswer(json);
    try {
      answer.root = answer.value(0);
      answer.space();
      if (answer.at != json.length) {
        throw unreadable();
      }
      return answer;
    } catch (SecretUnavailableException e) {
      answer.close();
      throw e;
    }
  }

  /** A text, as UTF-8; whoever has it wipes it. */
  public byte[] secret(String... path) throws SecretUnavailableException {
    if (find(path) instanceof Node.Text(int from, int to)) {
      return unescaped(from, to);
    }
    throw new SecretUnavailableException(
        Reason.UNREADABLE, "the answer has no text " + String.join(".", path));
  }

  /** A text that is no secret. */
  public Optional<String> text(String... path) throws SecretUnavailableException {
    return find(path) instanceof Node.Text
        ? Optional.of(new String(secret(path), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** A whole number of at most 18 digits. */
  public Optional<Long> whole(String... path) {
    return find(path) instanceof Node.Whole(long value) ? Optional.of(value) : Optional.empty();
  }

  /** Whether there is anything, be it null. */
  public boolean has(String... path) {
    return find(path) != null;
  }

  private @Nullable Node find(String... path) {
    @Nullable Node node = root;
    for (String name : path) {
      node = node instanceof Node.Members(Map<String, Node> members) ? members.get(name) : null;
    }
    return node;
  }

  /** Wipes it. */
  @Override
  public void close() {
    Arrays.fill(json, (byte) 0);
    root = OTHER;
  }

  private static SecretUnavailableException unreadable() {
    return new SecretUnavailableException(Reason.UNREADABLE, "the answer is not JSON");
  }

  private Node value(int depth) throws SecretUnavailableException {
    if (depth > MAX_DEPTH) {
      throw unreadable();
    }
    space();
    return switch (peek()) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> string();
      default -> word();
    };
  }

  private Node members(int depth) throws SecretUnavailableException {
    Map<String, Node> members = new LinkedHashMap<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return new Node.Members(members);
    }
    do {
      space();
      Node.Text name = string();
      space();
      expect(':');
      String key = new String(unescaped(name.from, name.to), StandardCharsets.UTF_8);
      if (members.put(key, value(depth + 1)) != null) {
        throw unreadable(); // which of both is meant?
      }
    } while (more('}'));
    return new Node.Members(members);
  }

  private Node items(int depth) throws SecretUnavailableException {
    at++;
    space();
    if (peek() == ']') {
      at++;
      return OTHER;
    }
    do {
      value(depth + 1);
    } while (more(']'));
    return OTHER;
  }

  private boolean more(char closing) throws SecretUnavailableException {
    space();
    byte next = peek();
    at++;
    if (next != ',' && next != closing) {
      throw unreadable();
    }
    return next == ',';
  }

  private Node.Text string() throws SecretUnavailableException {
    expect('"');
    int from = at;
    while (peek() != '"') {
      if (peek() >= 0 && peek() < ' ') {
        throw unreadable();
      }
      at += peek() == '\\' ? 2 : 1;
    }
    at++;
    return new Node.Text(from, at - 1);
  }

  private Node word() throws SecretUnavailableException {
    int from = at;
    while (at < json.length && "+-.eE0123456789aflnrstu".indexOf(json[at]) >= 0) {
      at++;
    }
    String word = new String(json, from, at - from, StandardCharsets.US_ASCII);
    if (word.matches("-?(0|[1-9][0-9]{0,17})")) {
      return new Node.Whole(Long.parseLong(word));
    }
    if (!word.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw unreadable();
    }
    return OTHER;
  }

  private byte[] unescaped(int from, int to) throws SecretUnavailableException {
    byte[] bytes = new byte[to - from];
    int length = 0;
    int i = from;
    while (i < to) {
      if (json[i] != '\\') {
        bytes[length++] = json[i++];
      } else if (json[i + 1] != 'u') {
        bytes[length++] = simple(json[i + 1]);
        i += 2;
      } else {
        int point = unit(i, to);
        i += 6;
        if (Character.isHighSurrogate((char) point)) {
          char low = i + 1 < to && json[i] == '\\' && json[i + 1] == 'u' ? (char) unit(i, to) : 0;
          if (!Character.isLowSurrogate(low)) {
            throw unreadable();
          }
          point = Character.toCodePoint((char) point, low);
          i += 6;
        } else if (Character.isLowSurrogate((char) point)) {
          throw unreadable();
        }
        length = encoded(point, bytes, length);
      }
    }
    byte[] exactly = Arrays.copyOf(bytes, length);
    Arrays.fill(bytes, (byte) 0);
    return exactly;
  }

  private static byte simple(byte escape) throws SecretUnavailableException {
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw unreadable();
    };
  }

  private int unit(int escape, int to) throws SecretUnavailableException {
    if (escape + 6 > to) {
      throw unreadable();
    }
    int unit = 0;
    for (int i = escape + 2; i < escape + 6; i++) {
      int digit = json[i] < 0 ? -1 : Character.digit(json[i], 16);
      if (digit < 0) {
        throw unreadable();
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }

  /** An escape is longer than what it stands for, so there is room. */
  private static int encoded(int point, byte[] into, int at) {
    byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(utf8, 0, into, at, utf8.length);
    return at + utf8.length;
  }

  private void space() {
    while (at < json.length && " \t\r\n".indexOf(json[at]) >= 0) {
      at++;
    }
  }

  private byte peek() throws SecretUnavailableException {
    if (at >= json.length) {
      throw unreadable();
    }
    return json[at];
  }

  private void expect(char wanted) throws SecretUnavailableException {
    if (peek() != wanted) {
      throw unreadable();
    }
    at++;
  }
}
