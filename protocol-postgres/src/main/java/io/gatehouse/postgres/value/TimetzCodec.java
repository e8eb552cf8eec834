package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * timetz: a text as the server writes it; in binary microseconds since midnight and the offset in
 * seconds, west of Greenwich counted up (timetz_send in date.c).
 */
final class TimetzCodec extends TypeCodec {

  TimetzCodec() {
    super(TypeOid.TIMETZ, "timetz");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, ClockText.LONGEST);
    return text == null || offset(text) == null ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() != Long.BYTES + Integer.BYTES) {
      return null;
    }
    long micros = field.readLong();
    int west = field.readInt();
    if (micros < 0 || micros > ClockText.DAY || Math.abs((long) west) > 16 * 3600) {
      return null;
    }
    return new Value.Text(
        ClockText.format(micros) + CalendarText.offset(ZoneOffset.ofTotalSeconds(-west)));
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Text text
        && offset(text.value()) != null
        && writeAscii(out, text.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    ZoneOffset offset = value instanceof Value.Text text ? offset(text.value()) : null;
    if (offset == null || !(value instanceof Value.Text text)) {
      return false;
    }
    out.writeLong(ClockText.micros(clock(text.value())));
    out.writeInt(-offset.getTotalSeconds());
    return true;
  }

  private static String clock(String text) {
    return text.substring(0, sign(text));
  }

  private static int sign(String text) {
    return Math.max(text.indexOf('+'), text.indexOf('-'));
  }

  /** Null if the text is no time with an offset, or Java cannot hold the offset. */
  private static @Nullable ZoneOffset offset(String text) {
    int sign = sign(text);
    if (sign < 0 || ClockText.micros(text.substring(0, sign)) < 0) {
      return null;
    }
    String offset = text.substring(sign);
    // the forms that the server writes: hours, then minutes and seconds where there are any
    if (!(offset.length() == 3 || offset.length() == 6 || offset.length() == 9)) {
      return null;
    }
    try {
      return ZoneOffset.of(offset);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
