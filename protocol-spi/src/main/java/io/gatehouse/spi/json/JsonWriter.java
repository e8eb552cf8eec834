package io.gatehouse.spi.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the gate's own JSON, without space and with the fewest escapes. */
public final class JsonWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private JsonWriter() {}

  /**
   * Writes what {@link JsonValue#plain} gives, in the order of the maps; an {@link Integer}, {@link
   * Long} or {@link BigInteger} too, and a {@link JsonValue} as it stands in its text. Half a
   * surrogate pair becomes a question mark.
   *
   * @throws IllegalArgumentException for a value of another class
   */
  public static byte[] bytes(@Nullable Object plain) {
    JsonWriter writer = new JsonWriter();
    writer.value(plain);
    return writer.out.toByteArray();
  }

  /** Writes a string that means these bytes of UTF-8. */
  static byte[] string(byte[] utf8) {
    JsonWriter writer = new JsonWriter();
    JsonStrings.write(writer.out, utf8);
    return writer.out.toByteArray();
  }

  private void value(@Nullable Object plain) {
    switch (plain) {
      case null -> ascii("null");
      case String text -> JsonStrings.write(out, text.getBytes(StandardCharsets.UTF_8));
      case Boolean truth -> ascii(truth.toString());
      case BigDecimal number -> ascii(number.toString());
      case BigInteger number -> ascii(number.toString());
      case Long number -> ascii(number.toString());
      case Integer number -> ascii(number.toString());
      case JsonValue value ->
          out.write(value.in().bytes(), value.start(), value.end() - value.start());
      case Map<?, ?> members -> members(members);
      case Iterable<?> items -> items(items);
      default -> throw new IllegalArgumentException("JSON has nothing for a " + plain.getClass());
    }
  }

  private void members(Map<?, ?> members) {
    char sign = '{';
    for (Map.Entry<?, ?> member : members.entrySet()) {
      out.write(sign);
      sign = ',';
      if (!(member.getKey() instanceof String name)) {
        throw new IllegalArgumentException("a name of JSON is a string");
      }
      value(name);
      out.write(':');
      value(member.getValue());
    }
    ascii(members.isEmpty() ? "{}" : "}");
  }

  private void items(Iterable<?> items) {
    out.write('[');
    boolean first = true;
    for (Object item : items) {
      if (!first) {
        out.write(',');
      }
      first = false;
      value(item);
    }
    out.write(']');
  }

  private void ascii(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    out.write(ascii, 0, ascii.length);
  }
}
