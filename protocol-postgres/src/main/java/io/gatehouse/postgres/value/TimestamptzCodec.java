package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** timestamptz: ISO text with the session's offset; in binary microseconds since 2000-01-01 UTC. */
final class TimestamptzCodec extends TypeCodec {

  TimestamptzCodec() {
    super(TypeOid.TIMESTAMPTZ, "timestamptz");
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
    OffsetDateTime time = CalendarText.instant(text);
    return time == null || micros(time) == null ? null : value(time);
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
    return Micros.fits(micros) ? value(Micros.time(micros).atOffset(ZoneOffset.UTC)) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    Boolean infinity = CalendarText.infinity(value);
    if (infinity != null) {
      return writeAscii(out, CalendarText.infinity(infinity).text());
    }
    OffsetDateTime time = time(value);
    return time != null && micros(time) != null && writeAscii(out, CalendarText.format(time));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Boolean infinity = CalendarText.infinity(value);
    if (infinity != null) {
      out.writeLong(Micros.infinity(infinity));
      return true;
    }
    OffsetDateTime time = time(value);
    Long micros = time == null ? null : micros(time);
    if (micros == null) {
      return false;
    }
    out.writeLong(micros);
    return true;
  }

  private static Value value(OffsetDateTime time) {
    return CalendarText.beforeChrist(time.toLocalDate())
        ? new Value.Special(CalendarText.format(time))
        : new Value.Instant(time);
  }

  private static @Nullable OffsetDateTime time(Value value) {
    return switch (value) {
      case Value.Instant known -> known.value();
      case Value.Special special -> CalendarText.instant(special.text());
      default -> null;
    };
  }

  private static @Nullable Long micros(OffsetDateTime time) {
    // beyond this, Java's own range could end in the conversion
    if (Math.abs((long) time.getYear()) > 300_000) {
      return null;
    }
    return Micros.of(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
  }
}
