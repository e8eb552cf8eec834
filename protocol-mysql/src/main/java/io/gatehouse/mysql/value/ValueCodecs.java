package io.gatehouse.mysql.value;

import io.gatehouse.spi.value.ValueCodec;

/** The codec of each type. */
public final class ValueCodecs {
  private ValueCodecs() {}

  /** Every type has one: without a codec of its own it is opaque. */
  public static ValueCodec of(ColumnKind kind) {
    return switch (kind.type()) {
      case TINYINT -> new IntegerCodec(kind, 8, 1);
      case SMALLINT -> new IntegerCodec(kind, 16, 2);
      case MEDIUMINT -> new IntegerCodec(kind, 24, 4);
      case INT -> new IntegerCodec(kind, 32, 4);
      case BIGINT -> new IntegerCodec(kind, 64, 8);
      case FLOAT -> new FloatCodec(kind);
      case DOUBLE -> new DoubleCodec(kind);
      case DECIMAL -> new DecimalCodec(kind);
      case YEAR -> new YearCodec();
      case DATE -> new DateCodec();
      case DATETIME, TIMESTAMP -> new DateTimeCodec(kind);
      case TIME -> new TimeCodec(kind);
      case CHAR, VARCHAR, TEXT, ENUM, SET -> new TextCodec(kind);
      case BINARY, VARBINARY, BLOB -> new BytesCodec(kind);
      case BIT -> new BitCodec(kind);
      case JSON -> new JsonCodec();
      case GEOMETRY, VECTOR, NULL, OTHER -> new OpaqueCodec(kind.name());
    };
  }
}
