package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A value for people: as the server would write it, or its bytes. */
public final class ShownValue {
  private ShownValue() {}

  /**
   * @param type the {@link ColumnKind#name} of its type
   */
  public static String of(byte[] value, String type, boolean binary) {
    ColumnKind kind = ColumnKind.named(type);
    return kind == null ? of(value) : of(value, kind, binary);
  }

  public static String of(byte[] value, ColumnKind kind, boolean binary) {
    ValueCodec codec = ValueCodecs.of(kind);
    return switch (codec.decode(Unpooled.wrappedBuffer(value), binary)) {
      case Value.Text(String text) -> text;
      case Value.Json(String json) -> json;
      case Value.Opaque _ -> hex(value);
      case Value.Bytes _ -> of(value);
      case Value other -> binary ? written(codec, other, value) : of(value);
    };
  }

  private static String written(ValueCodec codec, Value decoded, byte[] value) {
    ByteBuf text = Unpooled.buffer();
    try {
      codec.encode(decoded, false, text);
      return text.toString(StandardCharsets.UTF_8);
    } catch (ValueCodec.Unencodable e) {
      return hex(value);
    }
  }

  /**
   * Whether a server could have sent it; of texts and bytes nobody can tell.
   *
   * @param value not NULL
   */
  public static boolean wellFormed(byte[] value, ColumnKind kind, boolean binary) {
    return switch (kind.type()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL ->
          read(value, kind, binary);
      case YEAR, DATE, DATETIME, TIMESTAMP, TIME -> read(value, kind, binary);
      case CHAR, VARCHAR, TEXT, ENUM, SET, BINARY, VARBINARY, BLOB, BIT, JSON -> true;
      case GEOMETRY, VECTOR, NULL, OTHER -> true;
    };
  }

  private static boolean read(byte[] value, ColumnKind kind, boolean binary) {
    Value decoded = ValueCodecs.of(kind).decode(Unpooled.wrappedBuffer(value), binary);
    return !(decoded instanceof Value.Opaque);
  }

  /** Of a type that nobody knows. */
  public static String of(byte[] value) {
    String text = TextEncoding.UTF8MB4.decode(value);
    return text == null ? hex(value) : text;
  }

  private static String hex(byte[] value) {
    return "0x" + HexFormat.of().formatHex(value);
  }
}
