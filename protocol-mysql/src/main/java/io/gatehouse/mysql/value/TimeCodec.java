package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * time, which is a span of up to 838:59:59 either way: a text, with as many digits of a second's
 * fraction as the column has; in binary nothing, or
 *
 * <pre>
 *   negative | int32 days | hours | minutes | seconds | int32 microseconds, if there are any
 * </pre>
 */
final class TimeCodec extends TypeCodec {
  private static final int LONGEST = 17;
  private static final Pattern FORM =
      Pattern.compile("(-?)(\\d{2,3}):([0-5]\\d):([0-5]\\d)(?:\\.(\\d{1,6}))?");

  /** TIME_MAX_HOUR. */
  private static final int MOST_HOURS = 838;

  private static final int SHORT_BYTES = 8;
  private static final int LONG_BYTES = 12;
  private static final long DAY = 24L * 3600 * Clock.SECOND;

  private final int fraction;

  TimeCodec(ColumnKind kind) {
    super(kind.name());
    fraction = kind.fraction();
  }

  /** A span of time; there is no negative nothing on the wire, but in a text there could be. */
  private record Span(boolean negative, long micros) {}

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, LONGEST);
    return text == null || span(text) == null ? null : new Value.Text(text);
  }

  private static @Nullable Span span(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    int hours = Integer.parseInt(form.group(2));
    return hours > MOST_HOURS
        ? null
        : new Span(!form.group(1).isEmpty(), Clock.micros(hours, form, 3));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    int length = field.readableBytes();
    if (length == 0) {
      return value(new Span(false, 0));
    }
    if (length != SHORT_BYTES && length != LONG_BYTES) {
      return null;
    }
    int negative = field.readUnsignedByte();
    long days = field.readUnsignedIntLE();
    long clock = Clock.read(field, 24);
    if (negative > 1 || clock < 0 || days > MOST_HOURS / 24) {
      return null;
    }
    return value(new Span(negative == 1, days * DAY + clock));
  }

  private @Nullable Value value(Span span) {
    String text = (span.negative() ? "-" : "") + Clock.text(span.micros(), fraction);
    return span(text) == null ? null : new Value.Text(text);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    Span span = span(value);
    return span != null
        && writeAscii(out, (span.negative() ? "-" : "") + Clock.text(span.micros(), fraction));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Span span = span(value);
    if (span == null) {
      return false;
    }
    if (span.micros() != 0) {
      out.writeBoolean(span.negative()).writeIntLE((int) (span.micros() / DAY));
      Clock.write(out, span.micros());
    }
    return true;
  }

  private @Nullable Span span(Value value) {
    Span span = value instanceof Value.Text(String text) ? span(text) : null;
    return span != null && Clock.exact(span.micros(), fraction) ? span : null;
  }
}
