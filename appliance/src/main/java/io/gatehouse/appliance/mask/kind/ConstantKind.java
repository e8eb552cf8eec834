package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.type.Fit;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A value that the policy says. It must be one of the type, to the last digit. */
final class ConstantKind implements MaskKind {

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public Made make(Map<String, String> parameters, ValueType type) {
    Settings settings = new Settings(name(), parameters, type);
    String text = settings.required("value");
    boolean keepsNull = settings.flag("keep-null", false);
    Value constant = Value.NULL;
    if (settings.fine()) {
      constant = read(text, type, settings);
    }
    return settings.made(new SameForAll(name(), keepsNull, constant));
  }

  private static Value read(String text, ValueType type, Settings settings) {
    Optional<Value> value;
    try {
      value = read(text, type);
    } catch (DateTimeException | IllegalArgumentException e) {
      value = Optional.empty();
    }
    if (value.isEmpty()) {
      settings.problem("value is none of " + type + ", or of it no constants can be given");
    }
    return value.orElse(Value.NULL);
  }

  private static Optional<Value> read(String text, ValueType type) {
    Value value =
        switch (type.family()) {
          case BOOL -> new Value.Bool(bool(text));
          case INT2, INT4, INT8, OID -> new Value.Int(Long.parseLong(text));
          case NUMERIC -> new Value.Decimal(new BigDecimal(text));
          case FLOAT4, FLOAT8 -> new Value.Real(Double.parseDouble(text));
          case TEXT, VARCHAR, BPCHAR, NAME, CHAR, ENUM -> new Value.Text(text);
          case UUID -> new Value.Uuid(uuid(text));
          case DATE -> new Value.Date(LocalDate.parse(text));
          case TIMESTAMP -> new Value.Timestamp(LocalDateTime.parse(text));
          case TIMESTAMPTZ -> new Value.Instant(OffsetDateTime.parse(text));
          case BYTEA -> new Value.Bytes(HexFormat.of().parseHex(text));
          case JSON, JSONB -> new Value.Json(text);
          case TIME, TIMETZ, INTERVAL, BIT, VARBIT, XML -> Value.NULL;
          case INET, CIDR, MACADDR, ARRAY, OTHER -> Value.NULL;
        };
    if (value.equals(Value.NULL)) {
      return Optional.empty();
    }
    return Fit.of(value, type).filter(fitting -> same(value, fitting, type));
  }

  /** What would be cut or rounded is not what its author meant; blanks and zeros at the end are. */
  private static boolean same(Value said, Value fitting, ValueType type) {
    if (said instanceof Value.Decimal before && fitting instanceof Value.Decimal after) {
      return before.value().compareTo(after.value()) == 0;
    }
    if (type.family() == TypeFamily.BPCHAR
        && said instanceof Value.Text before
        && fitting instanceof Value.Text after) {
      return before.value().stripTrailing().equals(after.value().stripTrailing());
    }
    return type.family() == TypeFamily.FLOAT4 || said.equals(fitting);
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** Java takes shorter forms too, and fills them up. */
  private static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("not in full");
    }
    return uuid;
  }
}
