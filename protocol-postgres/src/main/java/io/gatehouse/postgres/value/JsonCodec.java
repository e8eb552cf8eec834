package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** json: the text itself in both formats. */
final class JsonCodec extends TypeCodec {

  JsonCodec() {
    super(TypeOid.JSON, "json");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = utf8(field);
    return text == null ? null : new Value.Json(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return decodeText(field);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Json json && writeUtf8(out, json.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return encodeText(value, out);
  }
}
