package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;

/** binary, varbinary, blob: as they are. */
final class BytesCodec extends TypeCodec {
  private final long length;

  BytesCodec(ColumnKind kind) {
    super(kind.name());
    length = kind.length();
  }

  @Override
  Value decodeText(ByteBuf field) {
    return new Value.Bytes(bytes(field));
  }

  @Override
  Value decodeBinary(ByteBuf field) {
    return decodeText(field);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    if (!(value instanceof Value.Bytes bytes) || bytes.value().length > length) {
      return false;
    }
    out.writeBytes(bytes.value());
    return true;
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return encodeText(value, out);
  }
}
