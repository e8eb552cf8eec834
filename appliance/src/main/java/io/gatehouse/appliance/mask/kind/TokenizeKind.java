package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.key.DigitCipher;
import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Other digits in the place of the digits, one to one under a key. Separators stay; a text with
 * anything else, or with too few digits for the cipher to be safe, is masked wholly.
 */
final class TokenizeKind implements MaskKind {
  private static final String PURPOSE = "gatehouse mask tokenize 1";
  private static final String SEPARATORS = " -./()+";
  private static final int LONGEST = 256;
  private static final int WIDEST_DECIMAL = 38;

  // the digits of the greatest; of 19 a long could not hold all
  private static final int INT4_DIGITS = 10;
  private static final int INT8_DIGITS = 18;

  private final MaskKeys keys;

  TokenizeKind(MaskKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "tokenize";
  }

  @Override
  public Made make(Map<String, String> parameters, ValueType type) {
    Settings settings = new Settings(name(), parameters, type);
    boolean keepsNull = settings.flag("keep-null", true);
    String scope = settings.text("scope").orElse("");
    Optional<MaskKey> key = Keys.named(settings, keys);
    if (!defined(type)) {
      settings.undefined(
          "use it for text with room for "
              + DigitCipher.LEAST_DIGITS
              + " digits, int4, int8, or a numeric of 6 to 38 digits without scale");
    }
    if (key.isEmpty() || !settings.fine()) {
      return settings.failed();
    }
    DigitCipher cipher = new DigitCipher(key.get(), PURPOSE, scope);
    Value whole = WholeValue.of(type);
    String label = name() + "(key=" + key.get().id() + ")";
    return settings.made(
        new ByValue(label, keepsNull, value -> masked(value, cipher, type).orElse(whole)));
  }

  private static boolean defined(ValueType type) {
    return switch (type.family()) {
      case TEXT, NAME, INT4, INT8 -> true;
      case VARCHAR, BPCHAR -> type.length() == 0 || type.length() >= DigitCipher.LEAST_DIGITS;
      case NUMERIC ->
          type.scale() == 0
              && type.length() >= DigitCipher.LEAST_DIGITS
              && type.length() <= WIDEST_DECIMAL;
      default -> false;
    };
  }

  private static Optional<Value> masked(Value value, DigitCipher cipher, ValueType type) {
    return switch (value) {
      case Value.Text text when type.textual() -> text(text.value(), cipher);
      case Value.Int number when type.family() == TypeFamily.INT4 ->
          integer(number.value(), INT4_DIGITS, Integer.MAX_VALUE, cipher);
      case Value.Int number when type.family() == TypeFamily.INT8 ->
          integer(number.value(), INT8_DIGITS, Long.MAX_VALUE, cipher);
      case Value.Decimal number when type.family() == TypeFamily.NUMERIC ->
          decimal(number.value(), type.length(), cipher);
      default -> Optional.empty();
    };
  }

  private static Optional<Value> text(String text, DigitCipher cipher) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    byte[] digits = new byte[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits[count++] = (byte) (c - '0');
      } else if (SEPARATORS.indexOf(c) < 0) {
        return Optional.empty();
      }
    }
    if (count < DigitCipher.LEAST_DIGITS || count > DigitCipher.MOST_DIGITS) {
      return Optional.empty();
    }
    byte[] token = java.util.Arrays.copyOf(digits, count);
    cipher.encrypt(token);
    return Optional.of(new Value.Text(inPlace(text, token)));
  }

  private static String inPlace(String text, byte[] token) {
    char[] masked = text.toCharArray();
    int next = 0;
    for (int i = 0; i < masked.length; i++) {
      if (masked[i] >= '0' && masked[i] <= '9') {
        masked[i] = (char) ('0' + token[next++]);
      }
    }
    return new String(masked);
  }

  /**
   * Of always as many digits, so that a token does not tell how great the number was. What comes
   * out too great is encrypted again until it is not (SP 800-38G, appendix on cycle walking), which
   * keeps it one to one.
   */
  private static Optional<Value> integer(
      long number, int width, long greatest, DigitCipher cipher) {
    byte[] digits = new byte[width];
    long rest = number;
    for (int i = width - 1; i >= 0; i--) {
      digits[i] = (byte) (rest % 10);
      rest /= 10;
    }
    if (number < 0 || rest != 0) {
      return Optional.empty();
    }
    long token;
    do {
      cipher.encrypt(digits);
      token = 0;
      for (byte digit : digits) {
        token = 10 * token + digit;
      }
    } while (token > greatest);
    return Optional.of(new Value.Int(token));
  }

  private static Optional<Value> decimal(BigDecimal number, int width, DigitCipher cipher) {
    if (number.signum() < 0 || number.scale() != 0 || number.precision() > width) {
      return Optional.empty();
    }
    String plain = number.toPlainString();
    byte[] digits = new byte[width];
    for (int i = 0; i < plain.length(); i++) {
      digits[width - plain.length() + i] = (byte) (plain.charAt(i) - '0');
    }
    cipher.encrypt(digits);
    StringBuilder token = new StringBuilder(width);
    for (byte digit : digits) {
      token.append((char) ('0' + digit));
    }
    return Optional.of(new Value.Decimal(new BigDecimal(token.toString())));
  }
}
