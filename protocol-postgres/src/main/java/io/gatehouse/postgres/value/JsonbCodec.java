package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** jsonb: the text; in binary behind a version byte (jsonb_send in jsonb.c). */
final class JsonbCodec extends TypeCodec {
  private static final int VERSION = 1;

  JsonbCodec() {
    super(TypeOid.JSONB, "jsonb");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = utf8(field);
    return text == null ? null : new Value.Json(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.isReadable() && field.readByte() == VERSION ? decodeText(field) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Json json && writeUtf8(out, json.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (!(value instanceof Value.Json json) || !writable(json.value())) {
      return false;
    }
    out.writeByte(VERSION);
    return writeUtf8(out, json.value());
  }
}
