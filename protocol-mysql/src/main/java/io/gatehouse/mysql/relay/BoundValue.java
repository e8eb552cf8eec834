package io.gatehouse.mysql.relay;

import io.gatehouse.plugin.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;

/** What a bound value means ("Binary Protocol Value"). Stateless. */
final class BoundValue {
  private static final int DATE_BYTES = 4;
  private static final int SECOND_BYTES = 7;
  private static final int MICRO_BYTES = 11;
  private static final int CLOCK_BYTES = 8;
  private static final int CLOCK_MICRO_BYTES = 12;

  private BoundValue() {}

  /** Empty for what cannot be read. */
  static Optional<Value> decode(BindType type, boolean unsigned, byte[] wire, boolean utf8) {
    try {
      return Optional.of(read(type, unsigned, wire, utf8));
    } catch (ArithmeticException
        | NumberFormatException
        | DateTimeException
        | CharacterCodingException refused) {
      return Optional.empty();
    }
  }

  private static Value read(BindType type, boolean unsigned, byte[] wire, boolean utf8)
      throws CharacterCodingException {
    ByteBuffer in = ByteBuffer.wrap(wire).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case TINYINT -> new Value.Int(unsigned ? Byte.toUnsignedLong(in.get()) : in.get());
      case SMALLINT ->
          new Value.Int(unsigned ? Short.toUnsignedLong(in.getShort()) : in.getShort());
      case INT -> new Value.Int(unsigned ? Integer.toUnsignedLong(in.getInt()) : in.getInt());
      case BIGINT -> whole(in.getLong(), unsigned);
      case FLOAT -> real(in.getFloat());
      case DOUBLE -> real(in.getDouble());
      case DECIMAL -> new Value.Decimal(new BigDecimal(text(wire, utf8)));
      case VARCHAR, CHAR -> new Value.Text(text(wire, utf8));
      case JSON -> new Value.Json(text(wire, utf8));
      case BLOB -> new Value.Bytes(wire);
      case DATE, DATETIME, TIMESTAMP -> date(type, in);
      case TIME -> time(in);
      case NULL -> Value.NULL;
    };
  }

  private static Value whole(long number, boolean unsigned) {
    return unsigned && number < 0
        ? new Value.Decimal(new BigDecimal(new BigInteger(Long.toUnsignedString(number))))
        : new Value.Int(number);
  }

  private static Value real(double number) {
    return Double.isFinite(number)
        ? new Value.Real(number)
        : new Value.Special(Double.toString(number));
  }

  /** Strict, so that two values never become one. */
  private static String text(byte[] wire, boolean utf8) throws CharacterCodingException {
    // Of other character sets only what they share with ASCII is known.
    return (utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII)
        .newDecoder()
        .decode(ByteBuffer.wrap(wire))
        .toString();
  }

  private static Value date(BindType type, ByteBuffer in) {
    int length = in.remaining();
    if (length == 0) {
      return new Value.Special("0000-00-00");
    }
    if (length != DATE_BYTES && length != SECOND_BYTES && length != MICRO_BYTES) {
      throw new DateTimeException("a date of a length that there is not");
    }
    int year = Short.toUnsignedInt(in.getShort());
    int month = in.get();
    int day = in.get();
    if (month == 0 || day == 0) {
      return new Value.Special(String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day));
    }
    LocalDate date = LocalDate.of(year, month, day);
    if (type == BindType.DATE) {
      return new Value.Date(date);
    }
    LocalDateTime midnight = date.atStartOfDay();
    if (length == DATE_BYTES) {
      return new Value.Timestamp(midnight);
    }
    LocalDateTime second = date.atTime(in.get(), in.get(), in.get());
    return new Value.Timestamp(
        length == SECOND_BYTES ? second : second.withNano(Math.multiplyExact(in.getInt(), 1_000)));
  }

  private static Value time(ByteBuffer in) {
    int length = in.remaining();
    if (length == 0) {
      return new Value.Text("00:00:00");
    }
    if (length != CLOCK_BYTES && length != CLOCK_MICRO_BYTES) {
      throw new DateTimeException("a time of a length that there is not");
    }
    String sign = in.get() == 0 ? "" : "-";
    long hours = Integer.toUnsignedLong(in.getInt()) * 24 + Byte.toUnsignedInt(in.get());
    String clock = String.format(Locale.ROOT, "%s%02d:%02d:%02d", sign, hours, in.get(), in.get());
    return new Value.Text(
        length == CLOCK_BYTES
            ? clock
            : clock + String.format(Locale.ROOT, ".%06d", Integer.toUnsignedLong(in.getInt())));
  }
}
