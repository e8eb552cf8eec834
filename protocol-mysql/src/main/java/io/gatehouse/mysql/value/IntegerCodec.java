package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * tinyint, smallint, mediumint, int, bigint: decimal, with zeros before it if the column asks for
 * them; little-endian. What is beyond a Java long, of bigint unsigned, is a decimal without scale.
 */
final class IntegerCodec extends TypeCodec {
  private static final Pattern FORM = Pattern.compile("-?\\d{1,255}");

  private final int width;
  private final BigInteger least;
  private final BigInteger most;
  private final int filledTo;

  /**
   * @param bits that its values have
   * @param width bytes in a binary row
   */
  IntegerCodec(ColumnKind kind, int bits, int width) {
    super(kind.name());
    this.width = width;
    boolean unsigned = kind.unsigned();
    least = unsigned ? BigInteger.ZERO : BigInteger.TWO.pow(bits - 1).negate();
    most = BigInteger.TWO.pow(unsigned ? bits : bits - 1).subtract(BigInteger.ONE);
    filledTo = kind.zerofill() ? (int) Math.min(kind.length(), 255) : 0;
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, 256);
    return text == null || !FORM.matcher(text).matches() ? null : value(new BigInteger(text));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() != width) {
      return null;
    }
    long signed =
        switch (width) {
          case Byte.BYTES -> field.readByte();
          case Short.BYTES -> field.readShortLE();
          case Integer.BYTES -> field.readIntLE();
          default -> field.readLongLE();
        };
    BigInteger number = BigInteger.valueOf(signed);
    boolean wraps = least.signum() == 0 && signed < 0;
    return value(wraps ? number.add(BigInteger.TWO.pow(8 * width)) : number);
  }

  private @Nullable Value value(BigInteger number) {
    if (!fits(number)) {
      return null;
    }
    return number.bitLength() < Long.SIZE
        ? new Value.Int(number.longValue())
        : new Value.Decimal(new BigDecimal(number));
  }

  private boolean fits(BigInteger number) {
    return number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    BigInteger number = number(value);
    if (number == null) {
      return false;
    }
    String digits = number.toString();
    return writeAscii(out, "0".repeat(Math.max(0, filledTo - digits.length())) + digits);
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    BigInteger number = number(value);
    if (number == null) {
      return false;
    }
    long bits = number.longValue();
    switch (width) {
      case Byte.BYTES -> out.writeByte((int) bits);
      case Short.BYTES -> out.writeShortLE((int) bits);
      case Integer.BYTES -> out.writeIntLE((int) bits);
      default -> out.writeLongLE(bits);
    }
    return true;
  }

  private @Nullable BigInteger number(Value value) {
    BigInteger number =
        switch (value) {
          case Value.Int integer -> BigInteger.valueOf(integer.value());
          case Value.Decimal decimal when decimal.value().scale() == 0 ->
              decimal.value().unscaledValue();
          default -> null;
        };
    return number != null && fits(number) ? number : null;
  }
}
