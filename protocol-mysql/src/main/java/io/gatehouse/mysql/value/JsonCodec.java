package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * json of MySQL. It comes in the session's character set, while its definition says that it is
 * bytes: what is not UTF-8 is not understood. MariaDB has it as text.
 */
final class JsonCodec extends TypeCodec {

  JsonCodec() {
    super("json");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = TextEncoding.UTF8MB4.decode(bytes(field));
    return text == null ? null : new Value.Json(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return decodeText(field);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    byte[] encoded =
        value instanceof Value.Json json ? TextEncoding.UTF8MB4.encode(json.value()) : null;
    if (encoded == null) {
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
