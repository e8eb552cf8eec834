package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text forms of floating-point numbers, as my_gcvt of the servers' strings/dtoa.cc has them.
 */
final class FloatText {
  static final int LONGEST = 400;

  private static final Pattern NUMBER =
      Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,9})?");

  /** MAX_DECPT_FOR_F_FORMAT: where the fixed notation ends. */
  private static final int FIXED_DIGITS = 15;

  private FloatText() {}

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** Null if it is no number, or no double is exactly that number. */
  static @Nullable Double number(Value value) {
    return switch (value) {
      case Value.Real real -> Double.isFinite(real.value()) ? (Double) real.value() : null;
      case Value.Int integer ->
          Math.abs(integer.value()) <= 1L << 53 ? (Double) (double) integer.value() : null;
      default -> null;
    };
  }

  /**
   * @param shortest the digits that tell it from its neighbours, as Java writes them
   * @param decimals digits behind the point, if the column fixes them
   */
  static String format(String shortest, int decimals) {
    BigDecimal number = new BigDecimal(shortest);
    if (decimals < ColumnKind.NOT_FIXED) {
      return number.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }
    if (number.signum() == 0) {
      return shortest.startsWith("-") ? "-0" : "0";
    }
    BigDecimal stripped = number.stripTrailingZeros();
    int point = stripped.precision() - stripped.scale();
    return point > FIXED_DIGITS || point <= -FIXED_DIGITS
        ? exponential(stripped, point - 1)
        : stripped.toPlainString();
  }

  private static String exponential(BigDecimal number, int exponent) {
    String digits = number.unscaledValue().abs().toString();
    String sign = number.signum() < 0 ? "-" : "";
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return sign + digits.charAt(0) + fraction + "e" + exponent;
  }
}
