package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.type.Fit;
import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/** A number on a ladder: the nearest step, or the one below. */
final class StepKind implements MaskKind {
  // no amount has so many digits, and dividing them costs time with every row
  private static final int MOST_DIGITS = 400;

  private final String name;
  private final RoundingMode rounding;

  private StepKind(String name, RoundingMode rounding) {
    this.name = name;
    this.rounding = rounding;
  }

  static StepKind nearest() {
    return new StepKind("round", RoundingMode.HALF_EVEN);
  }

  static StepKind below() {
    return new StepKind("bucket", RoundingMode.FLOOR);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Made make(Map<String, String> parameters, ValueType type) {
    Settings settings = new Settings(name, parameters, type);
    boolean keepsNull = settings.flag("keep-null", true);
    BigDecimal step = settings.step("to");
    switch (type.family()) {
      case INT2, INT4, INT8, FLOAT4, FLOAT8 -> {}
      case NUMERIC -> {}
      default -> settings.undefined("it is for numbers");
    }
    if (settings.fine() && !carries(step, type)) {
      settings.problem("to must be a value of " + type);
    }
    Value whole = WholeValue.of(type);
    return settings.made(
        new ByValue(
            name + "(to=" + step.toPlainString() + ")",
            keepsNull,
            value -> masked(value, step, type).orElse(whole)));
  }

  /** Else the steps themselves would be rounded. */
  private static boolean carries(BigDecimal step, ValueType type) {
    return switch (type.family()) {
      case INT2, INT4, INT8 -> step.stripTrailingZeros().scale() <= 0;
      case NUMERIC -> type.length() == 0 || step.stripTrailingZeros().scale() <= type.scale();
      default -> true;
    };
  }

  private Optional<Value> masked(Value value, BigDecimal step, ValueType type) {
    return switch (value) {
      case Value.Int number -> onLadder(BigDecimal.valueOf(number.value()), step, type);
      case Value.Decimal number -> onLadder(number.value(), step, type);
      case Value.Real number when Double.isFinite(number.value()) ->
          onLadder(new BigDecimal(number.value()), step, type);
      default -> Optional.empty();
    };
  }

  private Optional<Value> onLadder(BigDecimal number, BigDecimal step, ValueType type) {
    if ((long) number.precision() - number.scale() > MOST_DIGITS) {
      return Optional.empty();
    }
    return fitted(number.divide(step, 0, rounding).multiply(step), type)
        // the highest step may be beyond what the type holds; the one towards zero is not
        .or(() -> fitted(number.divide(step, 0, RoundingMode.DOWN).multiply(step), type));
  }

  private static Optional<Value> fitted(BigDecimal stepped, ValueType type) {
    Value value =
        switch (type.family()) {
          case FLOAT4, FLOAT8 -> new Value.Real(stepped.doubleValue());
          case NUMERIC -> new Value.Decimal(stepped);
          default ->
              stepped.toBigInteger().bitLength() < Long.SIZE
                  ? new Value.Int(stepped.longValue())
                  : Value.NULL;
        };
    return type.family() != TypeFamily.NUMERIC && value.equals(Value.NULL)
        ? Optional.empty()
        : Fit.of(value, type);
  }
}
