package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Any type without a codec of its own. */
final class OpaqueCodec extends TypeCodec {

  OpaqueCodec(String name) {
    super(name);
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    return null;
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return null;
  }

  /** Not even its own: an opaque value does not say whether it came as text or binary. */
  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return false;
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return false;
  }
}
