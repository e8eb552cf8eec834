package io.gatehouse.appliance.mask.type;

import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Whether a column of a type can carry a value. Puts right what costs nothing to put right: cuts a
 * text that is too long, fills one that is too short, gives a decimal its scale.
 */
public final class Fit {
  // beyond it nobody keeps amounts, and a scale from a careless mask would fill the memory
  private static final int MOST_DIGITS = 1000;
  // NAMEDATALEN - 1
  private static final int NAME_BYTES = 63;

  private Fit() {}

  /** Empty if it cannot; NULL can always be carried. */
  public static Optional<Value> of(Value value, ValueType type) {
    return switch (value) {
      case Value.Null _ -> Optional.of(Value.NULL);
      case Value.Bool bool -> only(bool, type.family() == TypeFamily.BOOL);
      case Value.Int number -> integer(number, type);
      case Value.Decimal number -> decimal(number.value(), type);
      case Value.Real number -> real(number, type);
      case Value.Text text -> text(text.value(), type);
      case Value.Json json -> json(json, type);
      case Value.Uuid uuid -> only(uuid, type.family() == TypeFamily.UUID);
      case Value.Date date ->
          only(date, type.family() == TypeFamily.DATE && inCalendar(date.value()));
      case Value.Timestamp time -> timestamp(time, type);
      case Value.Instant time -> instant(time, type);
      case Value.Bytes bytes -> only(bytes, type.family() == TypeFamily.BYTEA);
      case Value.Special _, Value.Opaque _ -> Optional.empty();
    };
  }

  private static Optional<Value> only(Value value, boolean fits) {
    return fits ? Optional.of(value) : Optional.empty();
  }

  private static Optional<Value> integer(Value.Int number, ValueType type) {
    long value = number.value();
    return switch (type.family()) {
      case INT2 -> only(number, value == (short) value);
      case INT4 -> only(number, value == (int) value);
      case INT8 -> Optional.of(number);
      case OID -> only(number, value >= 0 && value <= 0xFFFF_FFFFL);
      case NUMERIC -> decimal(BigDecimal.valueOf(value), type);
      default -> Optional.empty();
    };
  }

  private static Optional<Value> decimal(BigDecimal number, ValueType type) {
    if (type.family() != TypeFamily.NUMERIC
        || Math.abs((long) number.scale()) > MOST_DIGITS
        || number.precision() > MOST_DIGITS) {
      return Optional.empty();
    }
    if (type.length() == 0) {
      return Optional.of(new Value.Decimal(number.setScale(Math.max(0, number.scale()))));
    }
    BigDecimal scaled = number.setScale(type.scale(), RoundingMode.HALF_EVEN);
    boolean fits = scaled.signum() == 0 || scaled.precision() <= type.length();
    return only(new Value.Decimal(scaled.setScale(Math.max(0, type.scale()))), fits);
  }

  private static Optional<Value> real(Value.Real number, ValueType type) {
    return switch (type.family()) {
      case FLOAT8 -> only(number, Double.isFinite(number.value()));
      case FLOAT4 -> {
        float rounded = (float) number.value();
        yield only(new Value.Real(rounded), Float.isFinite(rounded));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Value> text(String text, ValueType type) {
    if (!writable(text)) {
      return Optional.empty();
    }
    return switch (type.family()) {
      case TEXT -> Optional.of(new Value.Text(text));
      case VARCHAR, BPCHAR ->
          Optional.of(new Value.Text(WholeValue.fill(cut(text, type.length()), type)));
      case NAME ->
          only(new Value.Text(text), text.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES);
      case CHAR -> only(new Value.Text(text), text.length() == 1 && text.charAt(0) < 0x80);
      case ENUM -> only(new Value.Text(text), type.labels().contains(text));
      // nothing here can tell what is well-formed, so only what is known to be passes
      default -> only(new Value.Text(text), new Value.Text(text).equals(WholeValue.of(type)));
    };
  }

  private static String cut(String text, int length) {
    return length == 0 || text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length));
  }

  /** A zero character or half a pair has no place in any text of a database. */
  private static boolean writable(String text) {
    return text.indexOf('\0') < 0
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static Optional<Value> json(Value.Json json, ValueType type) {
    boolean family = type.family() == TypeFamily.JSON || type.family() == TypeFamily.JSONB;
    return only(json, family && JsonText.valid(json.value()));
  }

  private static Optional<Value> timestamp(Value.Timestamp time, ValueType type) {
    return only(
        new Value.Timestamp(time.value().truncatedTo(ChronoUnit.SECONDS)),
        type.family() == TypeFamily.TIMESTAMP && inCalendar(time.value().toLocalDate()));
  }

  private static Optional<Value> instant(Value.Instant time, ValueType type) {
    return only(
        new Value.Instant(time.value().truncatedTo(ChronoUnit.SECONDS)),
        type.family() == TypeFamily.TIMESTAMPTZ && inCalendar(time.value().toLocalDate()));
  }

  /** The years that every database and every driver knows. */
  private static boolean inCalendar(LocalDate date) {
    return date.getYear() >= 1 && date.getYear() <= 9999;
  }
}
