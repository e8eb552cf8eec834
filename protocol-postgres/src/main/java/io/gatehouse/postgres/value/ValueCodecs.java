package io.gatehouse.postgres.value;

import io.gatehouse.spi.value.ValueCodec;
import java.util.UUID;

/** The codec of each type. */
public final class ValueCodecs {
  private static final ValueCodec BOOL = new BoolCodec();
  private static final ValueCodec BYTEA = new ByteaCodec();
  private static final ValueCodec CHAR = new CharCodec();
  private static final ValueCodec NAME = new NameCodec();
  private static final ValueCodec INT8 = new IntegerCodec(TypeOid.INT8, "int8", Long.BYTES);
  private static final ValueCodec INT2 = new IntegerCodec(TypeOid.INT2, "int2", Short.BYTES);
  private static final ValueCodec INT4 = new IntegerCodec(TypeOid.INT4, "int4", Integer.BYTES);
  private static final ValueCodec OID = new OidCodec();
  private static final ValueCodec TEXT = new TextCodec(TypeOid.TEXT, "text");
  private static final ValueCodec UNKNOWN = new TextCodec(TypeOid.UNKNOWN, "unknown");
  private static final ValueCodec BPCHAR = new TextCodec(TypeOid.BPCHAR, "bpchar");
  private static final ValueCodec VARCHAR = new TextCodec(TypeOid.VARCHAR, "varchar");
  private static final ValueCodec JSON = new JsonCodec();
  private static final ValueCodec JSONB = new JsonbCodec();
  private static final ValueCodec FLOAT4 = new Float4Codec();
  private static final ValueCodec FLOAT8 = new Float8Codec();
  private static final ValueCodec NUMERIC = new NumericCodec();
  private static final ValueCodec DATE = new DateCodec();
  private static final ValueCodec TIMESTAMP = new TimestampCodec();
  private static final ValueCodec TIMESTAMPTZ = new TimestamptzCodec();
  private static final ValueCodec UUID = new UuidCodec();

  private static final ValueCodec XML = new TextCodec(TypeOid.XML, "xml");
  private static final ValueCodec INET = new InetCodec(TypeOid.INET, "inet");
  private static final ValueCodec CIDR = new InetCodec(TypeOid.CIDR, "cidr");
  private static final ValueCodec MACADDR = new MacaddrCodec();
  private static final ValueCodec TIME = new TimeCodec();
  private static final ValueCodec TIMETZ = new TimetzCodec();
  private static final ValueCodec INTERVAL = new IntervalCodec();
  private static final ValueCodec BIT = new BitCodec(TypeOid.BIT, "bit");
  private static final ValueCodec VARBIT = new BitCodec(TypeOid.VARBIT, "varbit");

  private ValueCodecs() {}

  /** Every type has one: without a codec of its own it is opaque. */
  public static ValueCodec of(int typeOid) {
    return switch (typeOid) {
      case TypeOid.BOOL -> BOOL;
      case TypeOid.BYTEA -> BYTEA;
      case TypeOid.CHAR -> CHAR;
      case TypeOid.NAME -> NAME;
      case TypeOid.INT8 -> INT8;
      case TypeOid.INT2 -> INT2;
      case TypeOid.INT4 -> INT4;
      case TypeOid.OID -> OID;
      case TypeOid.TEXT -> TEXT;
      case TypeOid.UNKNOWN -> UNKNOWN;
      case TypeOid.BPCHAR -> BPCHAR;
      case TypeOid.VARCHAR -> VARCHAR;
      case TypeOid.JSON -> JSON;
      case TypeOid.JSONB -> JSONB;
      case TypeOid.FLOAT4 -> FLOAT4;
      case TypeOid.FLOAT8 -> FLOAT8;
      case TypeOid.NUMERIC -> NUMERIC;
      case TypeOid.DATE -> DATE;
      case TypeOid.TIMESTAMP -> TIMESTAMP;
      case TypeOid.TIMESTAMPTZ -> TIMESTAMPTZ;
      case TypeOid.UUID -> UUID;
      case TypeOid.XML -> XML;
      case TypeOid.INET -> INET;
      case TypeOid.CIDR -> CIDR;
      case TypeOid.MACADDR -> MACADDR;
      case TypeOid.TIME -> TIME;
      case TypeOid.TIMETZ -> TIMETZ;
      case TypeOid.INTERVAL -> INTERVAL;
      case TypeOid.BIT -> BIT;
      case TypeOid.VARBIT -> VARBIT;
      default -> other(typeOid);
    };
  }

  private static ValueCodec other(int typeOid) {
    Integer element = ArrayCodec.elementOf(typeOid);
    if (element != null) {
      return new ArrayCodec(typeOid, element);
    }
    // as unsigned, like every OID
    return Integer.compareUnsigned(typeOid, TypeOid.FIRST_USER_TYPE) < 0
        ? new OpaqueCodec(typeOid)
        : new UserTypeCodec(typeOid);
  }
}
