package io.gatehouse.appliance.content;

import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON in a string. */
public final class Embedded {
  /** In a string in JSON in a string, and so on; what is deeper is looked at as words. */
  public static final int DEEPEST = 4;

  private Embedded() {}

  /** An array, object or string that the string holds; empty where it is words, or too much. */
  public static Optional<JsonText> in(String text) {
    int at = 0;
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == text.length() || "{[\"".indexOf(text.charAt(at)) < 0) {
      return Optional.empty();
    }
    try {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return Optional.of(JsonText.read(utf8, JsonLimits.DEFAULTS.withBytes(utf8.length)));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
