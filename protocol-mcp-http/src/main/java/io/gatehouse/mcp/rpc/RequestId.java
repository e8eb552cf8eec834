package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a response is matched to its request by: a string or a whole number. Written as it came; two
 * are equal if they mean the same.
 */
public final class RequestId {
  private static final int MAX_BYTES = 1_024;

  /** 2^53 - 1: beyond it readers that know doubles only take two numbers for one. */
  private static final long MAX_NUMBER = 9_007_199_254_740_991L;

  private final boolean number;
  private final String text;

  /** A {@link JsonValue}, or the text of the gate's own. */
  private final Object json;

  private RequestId(boolean number, String text, Object json) {
    this.number = number;
    this.text = text;
    this.json = json;
  }

  /** An id of the gate's own. */
  public static RequestId of(String text) {
    return new RequestId(false, text, text);
  }

  /** Nothing if this cannot be one: null, fractions, exponents, too long, too big. */
  static Optional<RequestId> read(JsonValue value) {
    if (value.end() - value.start() > MAX_BYTES) {
      return Optional.empty();
    }
    if (value.is(JsonKind.STRING)) {
      return Optional.of(new RequestId(false, value.text(), value.detached()));
    }
    if (value.is(JsonKind.NUMBER) && whole(value.number())) {
      return Optional.of(new RequestId(true, value.number(), value.detached()));
    }
    return Optional.empty();
  }

  /** Minus nothing is another number than nothing to some readers. */
  private static boolean whole(String number) {
    boolean digits = number.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    return digits
        && !number.equals("-0")
        && number.length() <= 17
        && Math.abs(Long.parseLong(number)) <= MAX_NUMBER;
  }

  /** For {@link io.gatehouse.spi.json.JsonWriter}. */
  public Object json() {
    return json;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RequestId id && id.number == number && id.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** For logs: cut, and without what is not printable. */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(number ? "" : "\"");
    text.chars()
        .limit(64)
        .forEach(c -> shown.append(c > ' ' && c < 0x7F && c != '"' ? (char) c : '?'));
    return shown.append(number ? "" : "\"").toString();
  }
}
