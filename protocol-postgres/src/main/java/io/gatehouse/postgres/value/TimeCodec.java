package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** time: a text as the server writes it; in binary microseconds since midnight. */
final class TimeCodec extends TypeCodec {

  TimeCodec() {
    super(TypeOid.TIME, "time");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, ClockText.LONGEST);
    return text == null || ClockText.micros(text) < 0 ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() != Long.BYTES) {
      return null;
    }
    long micros = field.readLong();
    return micros < 0 || micros > ClockText.DAY ? null : new Value.Text(ClockText.format(micros));
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Text text
        && ClockText.micros(text.value()) >= 0
        && writeAscii(out, text.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    long micros = value instanceof Value.Text text ? ClockText.micros(text.value()) : -1;
    if (micros < 0) {
      return false;
    }
    out.writeLong(micros);
    return true;
  }
}
