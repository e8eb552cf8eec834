package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.mask.detect.Finding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks through JSON string by string and number by number, strings as they read without their
 * escapes. Stays JSON if it was: a marker goes into its string, a number becomes 0. What is no JSON
 * is looked through as if it were.
 */
final class JsonSearch {
  private final byte[] json;
  private final Look look;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int copied;

  private JsonSearch(byte[] json, Look look) {
    this.json = json;
    this.look = look;
  }

  /** With what was found replaced; null if there is nothing to replace. */
  static byte @Nullable [] search(byte[] json, Look look) {
    return new JsonSearch(json, look).search();
  }

  private byte @Nullable [] search() {
    int at = 0;
    while (at < json.length) {
      byte c = json[at];
      if (c == '"') {
        at = string(at + 1) + 1;
      } else if (c == '-' || digit(c)) {
        at = number(at);
      } else {
        at++;
      }
    }
    if (copied == 0) {
      return null;
    }
    out.write(json, copied, json.length - copied);
    return out.toByteArray();
  }

  /** Where the closing quote is, or the end. */
  private int string(int start) {
    boolean escaped = false;
    int at = start;
    while (at < json.length && json[at] != '"') {
      if (json[at] == '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    int end = Math.min(at, json.length);
    if (escaped) {
      unescaped(start, end);
    } else {
      List<Finding> found = look.at(json, start, end);
      if (!found.isEmpty()) {
        replace(start, end, Markers.put(json, start, end, found));
      }
    }
    return end;
  }

  private void unescaped(int start, int end) {
    String text = new String(json, start, end - start, StandardCharsets.UTF_8);
    byte[] plain = JsonEscapes.read(text).getBytes(StandardCharsets.UTF_8);
    List<Finding> found = look.at(plain, 0, plain.length);
    if (!found.isEmpty()) {
      String marked =
          new String(Markers.put(plain, 0, plain.length, found), StandardCharsets.UTF_8);
      replace(start, end, JsonEscapes.write(marked).getBytes(StandardCharsets.UTF_8));
    }
  }

  private int number(int start) {
    int end = start + 1;
    while (end < json.length && inNumber(json[end])) {
      end++;
    }
    if (!look.at(json, start, end).isEmpty()) {
      replace(start, end, new byte[] {'0'});
    }
    return end;
  }

  private static boolean inNumber(byte c) {
    return digit(c) || c == '.' || c == '+' || c == '-' || c == 'e' || c == 'E';
  }

  private static boolean digit(byte c) {
    return c >= '0' && c <= '9';
  }

  private void replace(int start, int end, byte[] by) {
    out.write(json, copied, start - copied);
    out.writeBytes(by);
    copied = end;
  }
}
