package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/** Values in the binary protocol by their type ("Binary Protocol Value"). */
final class BinaryValue {
  private static final int MOST_TEMPORAL = 12;

  private BinaryValue() {}

  static byte[] read(ByteBuf body, int type) {
    long length = length(body, type);
    if (length < 0 || length > body.readableBytes()) {
      throw new ProtocolException("message ends inside a field");
    }
    return Bodies.bytes(body, (int) length);
  }

  /** How long the value is that begins here; if it says so itself, that was read. Unsigned. */
  static long length(ByteBuf body, int type) {
    int fixed = fixed(type);
    if (fixed >= 0) {
      return fixed;
    }
    long length = Fields.lenenc(body);
    checkTemporal(type, length);
    return length;
  }

  static void write(ByteBuf out, int type, byte[] value) {
    int fixed = fixed(type);
    if (fixed < 0) {
      Fields.writeLenenc(out, value);
    } else if (value.length == fixed) {
      out.writeBytes(value);
    } else {
      throw new ProtocolException("a value is not as long as its type");
    }
  }

  /** Bytes of a value of the type; negative where it says its length itself. */
  static int fixed(int type) {
    return switch (type) {
      case ColumnType.NULL -> 0;
      case ColumnType.TINY -> 1;
      case ColumnType.SHORT, ColumnType.YEAR -> 2;
      case ColumnType.LONG, ColumnType.INT24, ColumnType.FLOAT -> 4;
      case ColumnType.LONGLONG, ColumnType.DOUBLE -> 8;
      case ColumnType.DATE, ColumnType.DATETIME, ColumnType.TIMESTAMP, ColumnType.TIME -> -1;
      case ColumnType.DECIMAL,
          ColumnType.VARCHAR,
          ColumnType.BIT,
          ColumnType.VECTOR,
          ColumnType.JSON,
          ColumnType.NEWDECIMAL,
          ColumnType.ENUM,
          ColumnType.SET,
          ColumnType.TINY_BLOB,
          ColumnType.MEDIUM_BLOB,
          ColumnType.LONG_BLOB,
          ColumnType.BLOB,
          ColumnType.VAR_STRING,
          ColumnType.STRING,
          ColumnType.GEOMETRY ->
          -1;
      default -> throw new ProtocolException("a value of a type that has no form on the wire");
    };
  }

  private static void checkTemporal(int type, long length) {
    boolean legal =
        switch (type) {
          case ColumnType.DATE, ColumnType.DATETIME, ColumnType.TIMESTAMP ->
              length == 0 || length == 4 || length == 7 || length == 11;
          case ColumnType.TIME -> length == 0 || length == 8 || length == MOST_TEMPORAL;
          default -> true;
        };
    if (!legal) {
      throw new ProtocolException("a date or time of a length that there is not");
    }
  }
}
