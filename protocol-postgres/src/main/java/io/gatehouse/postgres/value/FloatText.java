package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text forms of floating-point numbers, as float.c and the server's Ryu write them. */
final class FloatText {
  /** No double needs more digits than 17; the server takes more, a gate need not. */
  static final int LONGEST = 400;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,9})?");

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private FloatText() {}

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** NaN and the infinities in any of the spellings that the server takes. */
  static @Nullable Value special(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> new Value.Special("NaN");
      case "infinity", "+infinity", "inf", "+inf" -> new Value.Special("Infinity");
      case "-infinity", "-inf" -> new Value.Special("-Infinity");
      default -> null;
    };
  }

  static Value value(double number) {
    if (Double.isNaN(number)) {
      return new Value.Special("NaN");
    }
    if (Double.isInfinite(number)) {
      return new Value.Special(number > 0 ? "Infinity" : "-Infinity");
    }
    return new Value.Real(number);
  }

  /** Null if it is no number, or no double is exactly that number. */
  static @Nullable Double number(Value value) {
    if (value instanceof Value.Real real) {
      return real.value();
    }
    if (value instanceof Value.Int integer) {
      boolean exact = Math.abs(integer.value()) <= 1L << 53;
      return exact ? (double) integer.value() : null;
    }
    if (value instanceof Value.Special special) {
      return switch (special.text()) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> null;
      };
    }
    return null;
  }

  static String format(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.toString(number);
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    double magnitude = Math.abs(number);
    BigDecimal above = exact(Math.ulp(magnitude)).divide(TWO);
    BigDecimal below = exact(magnitude).subtract(exact(Math.nextDown(magnitude))).divide(TWO);
    BigDecimal shortest =
        shortest(exact(magnitude), below, above, new BigDecimal(Double.toString(magnitude)));
    // 15: DBL_DIG, where ryu's d2s.c leaves the fixed notation
    return (number < 0 ? "-" : "") + notation(shortest, 15);
  }

  static String format(float number) {
    if (Float.isNaN(number) || Float.isInfinite(number)) {
      return Float.toString(number);
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    float magnitude = Math.abs(number);
    BigDecimal above = exact(Math.ulp(magnitude)).divide(TWO);
    BigDecimal below = exact(magnitude).subtract(exact(Math.nextDown(magnitude))).divide(TWO);
    BigDecimal shortest =
        shortest(exact(magnitude), below, above, new BigDecimal(Float.toString(magnitude)));
    // 6: FLT_DIG, where ryu's f2s.c leaves the fixed notation
    return (number < 0 ? "-" : "") + notation(shortest, 6);
  }

  private static BigDecimal exact(double number) {
    return new BigDecimal(number);
  }

  /**
   * Java writes at least two digits and takes a decimal halfway between two numbers for the even
   * one; the server does neither.
   */
  private static BigDecimal shortest(
      BigDecimal exact, BigDecimal below, BigDecimal above, BigDecimal java) {
    BigDecimal candidate = java.stripTrailingZeros();
    if (candidate.precision() != 2 && within(candidate, exact, below, above)) {
      return candidate;
    }
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
      BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
      boolean downFits = within(down, exact, below, above);
      boolean upFits = within(up, exact, below, above);
      if (downFits || upFits) {
        boolean takeDown = downFits && (!upFits || nearer(down, up, exact));
        return takeDown ? down : up;
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
  }

  private static boolean within(
      BigDecimal candidate, BigDecimal exact, BigDecimal below, BigDecimal above) {
    return candidate.compareTo(exact.subtract(below)) > 0
        && candidate.compareTo(exact.add(above)) < 0;
  }

  private static boolean nearer(BigDecimal down, BigDecimal up, BigDecimal exact) {
    return exact.subtract(down).compareTo(up.subtract(exact)) <= 0;
  }

  /** Fixed from 1e-4 on up to the given exponent, as printf's %g does. */
  private static String notation(BigDecimal number, int fixedBelow) {
    BigDecimal shortest = number.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < fixedBelow) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().toString();
    StringBuilder text = new StringBuilder(digits.length() + 6).append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      text.append('0');
    }
    return text.append(Math.abs(exponent)).toString();
  }
}
