package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** char, varchar, text, enum, set: in the character set of the column's collation. */
final class TextCodec extends TypeCodec {
  private final @Nullable TextEncoding encoding;
  private final long length;

  TextCodec(ColumnKind kind) {
    super(kind.name());
    encoding = kind.encoding();
    length = kind.length();
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = encoding == null ? null : encoding.decode(bytes(field));
    return text == null ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return decodeText(field);
  }

  /** Clients make room for the length that was announced, so nothing may be longer. */
  @Override
  boolean encodeText(Value value, ByteBuf out) {
    if (encoding == null || !(value instanceof Value.Text text)) {
      return false;
    }
    byte[] encoded = encoding.encode(text.value());
    if (encoded == null || encoded.length > length) {
      return false;
    }
    out.writeBytes(encoded);
    return true;
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return encodeText(value, out);
  }
}
