package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One column, or one parameter of a prepared statement. Where a column comes from is not to be
 * believed: for a view it says the view, for a derived table a mixture.
 *
 * @param extended MariaDB's further words on the type, kept as they are; null unless they are
 *     spoken
 * @param charset the number of its collation; 63 is binary
 * @param length in bytes, at the most
 * @param type of {@link ColumnType}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ColumnDefinition41(
    String catalog,
    Origin origin,
    String name,
    byte @Nullable [] extended,
    int charset,
    int length,
    int type,
    int flags,
    int decimals)
    implements BackendMessage {

  /** What the server says of where it comes from. */
  public record Origin(String schema, String table, String originalTable, String originalName) {}

  private static final int FIXED_BYTES = 0x0C;
  private static final int FILLER = 2;

  public static ColumnDefinition41 decode(ByteBuf body, Capabilities spoken) {
    String catalog = string(body);
    String schema = string(body);
    String table = string(body);
    String originalTable = string(body);
    String name = string(body);
    Origin origin = new Origin(schema, table, originalTable, string(body));
    byte[] extended =
        spoken.has(Capability.MARIADB_EXTENDED_METADATA) ? Fields.lenencBytes(body) : null;
    Fields.expect(body, FIXED_BYTES, "the fixed part of a column's definition");
    int charset = Fields.int16(body);
    int length = Fields.int32(body);
    int type = Fields.int8(body);
    int flags = Fields.int16(body);
    int decimals = Fields.int8(body);
    Fields.zeros(body, FILLER);
    Bodies.end(body);
    return new ColumnDefinition41(
        catalog, origin, name, extended, charset, length, type, flags, decimals);
  }

  private static String string(ByteBuf body) {
    return Fields.lenient(Fields.lenencBytes(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    Fields.writeLenenc(out, catalog);
    Fields.writeLenenc(out, origin.schema());
    Fields.writeLenenc(out, origin.table());
    Fields.writeLenenc(out, origin.originalTable());
    Fields.writeLenenc(out, name);
    Fields.writeLenenc(out, origin.originalName());
    if (extended != null) {
      Fields.writeLenenc(out, extended);
    }
    out.writeByte(FIXED_BYTES).writeShortLE(charset).writeIntLE(length);
    out.writeByte(type).writeShortLE(flags).writeByte(decimals).writeZero(FILLER);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ColumnDefinition41 that
        && catalog.equals(that.catalog)
        && origin.equals(that.origin)
        && name.equals(that.name)
        && Arrays.equals(extended, that.extended)
        && charset == that.charset
        && length == that.length
        && type == that.type
        && flags == that.flags
        && decimals == that.decimals;
  }

  @Override
  public int hashCode() {
    return Objects.hash(catalog, origin, name, charset, length, type, flags, decimals);
  }

  @Override
  public String toString() {
    return "ColumnDefinition41[" + name + ", type " + type + "]";
  }
}
