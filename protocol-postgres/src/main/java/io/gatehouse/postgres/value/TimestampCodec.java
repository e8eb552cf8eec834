package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** timestamp: ISO text; in binary microseconds since 2000-01-01. */
final class TimestampCodec extends TypeCodec {

  TimestampCodec() {
    super(TypeOid.TIMESTAMP, "timestamp");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, CalendarText.LONGEST);
    if (text == null) {
      return null;
    }
    Value infinity = CalendarText.infinity(text);
    if (infinity != null) {
      return infinity;
    }
    LocalDateTime time = CalendarText.timestamp(text);
    return time == null || Micros.of(time) == null ? null : value(time);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() != Long.BYTES) {
      return null;
    }
    long micros = field.readLong();
    if (Micros.infinite(micros)) {
      return CalendarText.infinity(micros > 0);
    }
    return Micros.fits(micros) ? value(Micros.time(micros)) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    Boolean infinity = CalendarText.infinity(value);
    if (infinity != null) {
      return writeAscii(out, CalendarText.infinity(infinity).text());
    }
    LocalDateTime time = time(value);
    return time != null && Micros.of(time) != null && writeAscii(out, CalendarText.format(time));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Boolean infinity = CalendarText.infinity(value);
    if (infinity != null) {
      out.writeLong(Micros.infinity(infinity));
      return true;
    }
    LocalDateTime time = time(value);
    Long micros = time == null ? null : Micros.of(time);
    if (micros == null) {
      return false;
    }
    out.writeLong(micros);
    return true;
  }

  private static Value value(LocalDateTime time) {
    return CalendarText.beforeChrist(time.toLocalDate())
        ? new Value.Special(CalendarText.format(time))
        : new Value.Timestamp(time);
  }

  private static @Nullable LocalDateTime time(Value value) {
    return switch (value) {
      case Value.Timestamp known -> known.value();
      case Value.Special special -> CalendarText.timestamp(special.text());
      default -> null;
    };
  }
}
