package io.gatehouse.appliance.mask.type;

import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** The one value of a type that stands for "masked" and tells nothing. */
public final class WholeValue {
  /** As many stars as a short type has room for, and never one for each character. */
  public static final String STARS = "****";

  private static final LocalDate DAY = LocalDate.EPOCH;

  private WholeValue() {}

  /** NULL where no value of the type is known to be harmless. */
  public static Value of(ValueType type) {
    return switch (type.family()) {
      case BOOL -> new Value.Bool(false);
      case INT2, INT4, INT8, OID -> new Value.Int(0);
      case NUMERIC -> new Value.Decimal(BigDecimal.ZERO.setScale(Math.max(0, type.scale())));
      case FLOAT4, FLOAT8 -> new Value.Real(0);
      case TEXT, VARCHAR, BPCHAR, NAME -> new Value.Text(fill(stars(type.length()), type));
      case CHAR -> new Value.Text("*");
      case UUID -> new Value.Uuid(new UUID(0, 0));
      case DATE -> new Value.Date(DAY);
      case TIMESTAMP -> new Value.Timestamp(DAY.atStartOfDay());
      case TIMESTAMPTZ -> new Value.Instant(DAY.atStartOfDay().atOffset(ZoneOffset.UTC));
      case TIME, INTERVAL -> new Value.Text("00:00:00");
      case TIMETZ -> new Value.Text("00:00:00+00");
      case BYTEA -> new Value.Bytes(new byte[0]);
      case BIT -> new Value.Text("0".repeat(Math.max(1, type.length())));
      case VARBIT -> new Value.Text("");
      case JSON, JSONB -> new Value.Json("{}");
      case XML -> new Value.Text("<masked/>");
      case INET -> new Value.Text("0.0.0.0");
      case CIDR -> new Value.Text("0.0.0.0/32");
      case MACADDR -> new Value.Text("00:00:00:00:00:00");
      case ARRAY -> new Value.Text("{}");
      case ENUM, OTHER -> Value.NULL;
    };
  }

  private static String stars(int room) {
    return room == 0 ? STARS : STARS.substring(0, Math.min(room, STARS.length()));
  }

  /** The blanks that a text of fixed length ends in on the wire too. */
  static String fill(String text, ValueType type) {
    if (type.family() != io.gatehouse.plugin.TypeFamily.BPCHAR || type.length() == 0) {
      return text;
    }
    return text + " ".repeat(Math.max(0, type.length() - text.codePointCount(0, text.length())));
  }
}
