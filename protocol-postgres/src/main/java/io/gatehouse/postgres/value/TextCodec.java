package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** text, varchar, bpchar, unknown: UTF-8 in both formats. */
final class TextCodec extends TypeCodec {

  TextCodec(int oid, String name) {
    super(oid, name);
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = utf8(field);
    return text == null ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return decodeText(field);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Text text && writeUtf8(out, text.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return encodeText(value, out);
  }
}
