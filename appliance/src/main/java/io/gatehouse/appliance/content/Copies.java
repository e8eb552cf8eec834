package io.gatehouse.appliance.content;

import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of a result that were masked, to find them where they stand a second time. Takes time
 * in proportion to what is looked through, however many there are.
 */
final class Copies {
  /** Shorter ones stand in too many words that mean something else. */
  private static final int LEAST = 4;

  /** Longer ones are looked for in pieces, so that no comparison is long. */
  private static final int PIECE = 256;

  private static final int MOST_SCALE = 64;

  private final TreeMap<String, String> parts = new TreeMap<>();
  private final Set<Long> beginnings = new HashSet<>();
  private final Map<BigDecimal, BigDecimal> numbers = new HashMap<>();
  private int longest;

  void add(JsonValue original, Replacement replacement) {
    switch (replacement) {
      case Replacement.Text(String text) -> text(original.text(), text);
      case Replacement.Amount(BigDecimal number) -> {
        numbers.putIfAbsent(original.decimal().stripTrailingZeros(), number);
        number(original, number.toPlainString());
      }
      case Replacement.Nothing _ -> {
        if (original.is(JsonKind.STRING)) {
          text(original.text(), "");
        } else if (original.is(JsonKind.NUMBER)) {
          number(original, "");
        }
      }
      case Replacement.Same _, Replacement.Truth _ -> {}
    }
  }

  private void number(JsonValue original, String instead) {
    text(original.number(), instead);
    BigDecimal number = original.decimal();
    if (Math.abs((long) number.scale()) < MOST_SCALE) {
      text(number.toPlainString(), instead);
      BigDecimal shortest = number.stripTrailingZeros();
      text(shortest.toPlainString(), instead);
    }
  }

  private void text(String original, String instead) {
    if (original.length() < LEAST || original.equals(instead)) {
      return;
    }
    int from = 0;
    while (from < original.length()) {
      boolean last = original.length() - from < PIECE + LEAST;
      int end = last ? original.length() : from + PIECE;
      String piece = original.substring(from, end);
      parts.putIfAbsent(piece, from == 0 ? instead : "");
      beginnings.add(beginning(piece, 0));
      longest = Math.max(longest, piece.length());
      from = end;
    }
  }

  boolean none() {
    return parts.isEmpty();
  }

  /** The same text without what was masked; empty if it holds nothing of that. */
  Optional<String> without(String text) {
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int at = 0;
    while (at + LEAST <= text.length()) {
      String found = beginnings.contains(beginning(text, at)) ? begunBy(text, at) : null;
      if (found == null) {
        at++;
      } else {
        out.append(text, copied, at).append(parts.get(found));
        at += found.length();
        copied = at;
      }
    }
    return copied == 0
        ? Optional.empty()
        : Optional.of(out.append(text, copied, text.length()).toString());
  }

  /** What stands for a number that was masked elsewhere. */
  Optional<BigDecimal> instead(BigDecimal number) {
    return number.precision() < LEAST
        ? Optional.empty()
        : Optional.ofNullable(numbers.get(number.stripTrailingZeros()));
  }

  /** The longest that the text goes on with. Each turn looks for less than the one before. */
  private @Nullable String begunBy(String text, int at) {
    String rest = text.substring(at, Math.min(text.length(), at + longest));
    String candidate = parts.floorKey(rest);
    while (candidate != null) {
      int common = common(rest, candidate);
      if (common == candidate.length() && alone(candidate, text, at)) {
        return candidate;
      }
      if (common < LEAST) {
        return null;
      }
      candidate =
          common == candidate.length()
              ? parts.lowerKey(candidate)
              : parts.floorKey(rest.substring(0, common));
    }
    return null;
  }

  /** A number in a longer one is another number. */
  private static boolean alone(String found, String text, int at) {
    if (!found.chars().allMatch(c -> digit(c) || c == '.' || c == '-')) {
      return true;
    }
    int end = at + found.length();
    boolean before = at > 0 && digit(found.charAt(0)) && digit(text.charAt(at - 1));
    boolean behind =
        end < text.length() && digit(found.charAt(found.length() - 1)) && digit(text.charAt(end));
    return !before && !behind;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static int common(String one, String other) {
    int at = 0;
    while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  private static long beginning(String text, int at) {
    return (long) text.charAt(at) << 48
        | (long) text.charAt(at + 1) << 32
        | (long) text.charAt(at + 2) << 16
        | text.charAt(at + 3);
  }
}
