package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/** name: at most 63 bytes of UTF-8 in both formats. */
final class NameCodec extends TypeCodec {
  // NAMEDATALEN - 1
  private static final int LONGEST = 63;

  NameCodec() {
    super(TypeOid.NAME, "name");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    // the server would cut a longer one off, and mean another name than is read here
    String text = field.readableBytes() > LONGEST ? null : utf8(field);
    return text == null ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return decodeText(field);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Text text
        && text.value().length() <= LONGEST
        && ByteBufUtil.utf8Bytes(text.value()) <= LONGEST
        && writeUtf8(out, text.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return encodeText(value, out);
  }
}
