package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** bool: t or f; one byte. */
final class BoolCodec extends TypeCodec {

  BoolCodec() {
    super(TypeOid.BOOL, "bool");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, 16);
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> new Value.Bool(true);
      case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> new Value.Bool(false);
      default -> null;
    };
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.readableBytes() == 1 ? new Value.Bool(field.readByte() != 0) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Bool bool && writeAscii(out, bool.value() ? "t" : "f");
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (value instanceof Value.Bool bool) {
      out.writeByte(bool.value() ? 1 : 0);
      return true;
    }
    return false;
  }
}
