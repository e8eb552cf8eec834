package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** An array: never looked into; the one that is written is empty. */
final class ArrayCodec extends TypeCodec {
  private static final Value EMPTY = new Value.Text("{}");

  private final int elementOid;

  ArrayCodec(int oid, int elementOid) {
    super(oid, "array of " + elementOid);
    this.elementOid = elementOid;
  }

  /** What the array type is of, by pg_type.dat; null if it is none whose elements have a codec. */
  static @Nullable Integer elementOf(int arrayOid) {
    return switch (arrayOid) {
      case 1000 -> TypeOid.BOOL;
      case 1001 -> TypeOid.BYTEA;
      case 1002 -> TypeOid.CHAR;
      case 1003 -> TypeOid.NAME;
      case 1005 -> TypeOid.INT2;
      case 1007 -> TypeOid.INT4;
      case 1009 -> TypeOid.TEXT;
      case 1014 -> TypeOid.BPCHAR;
      case 1015 -> TypeOid.VARCHAR;
      case 1016 -> TypeOid.INT8;
      case 1021 -> TypeOid.FLOAT4;
      case 1022 -> TypeOid.FLOAT8;
      case 1028 -> TypeOid.OID;
      case 199 -> TypeOid.JSON;
      case 143 -> TypeOid.XML;
      case 651 -> TypeOid.CIDR;
      case 1040 -> TypeOid.MACADDR;
      case 1041 -> TypeOid.INET;
      case 1115 -> TypeOid.TIMESTAMP;
      case 1182 -> TypeOid.DATE;
      case 1183 -> TypeOid.TIME;
      case 1185 -> TypeOid.TIMESTAMPTZ;
      case 1187 -> TypeOid.INTERVAL;
      case 1231 -> TypeOid.NUMERIC;
      case 1270 -> TypeOid.TIMETZ;
      case 1561 -> TypeOid.BIT;
      case 1563 -> TypeOid.VARBIT;
      case 2951 -> TypeOid.UUID;
      case 3807 -> TypeOid.JSONB;
      default -> null;
    };
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    return null;
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value.equals(EMPTY) && writeAscii(out, "{}");
  }

  /** array_send in arrayfuncs.c: no dimensions, no flags, the elements' type. */
  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (!value.equals(EMPTY)) {
      return false;
    }
    out.writeInt(0).writeInt(0).writeInt(elementOid);
    return true;
  }
}
