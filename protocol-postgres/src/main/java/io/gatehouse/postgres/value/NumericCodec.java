package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * numeric: plain decimal; in binary
 *
 * <pre>
 *   int16 groups | int16 weight of the first | int16 sign | int16 scale | groups of four digits
 * </pre>
 *
 * <p>(numeric_send in numeric.c). Numbers of more than {@value #LONGEST} digits stay opaque: ten
 * bytes on the wire can mean 131072 digits, and nobody's amount has so many.
 */
final class NumericCodec extends TypeCodec {
  private static final int LONGEST = 4096;
  // numeric.h: NUMERIC_DSCALE_MAX; numeric.c: NUMERIC_WEIGHT_MAX in groups of four
  private static final int MAX_SCALE = 0x3FFF;
  private static final int MAX_INTEGER_DIGITS = 4 * 0x8000;

  // what numeric_send makes of the sign bits of the infinities, which it reads as a scale too
  private static final int INFINITE_SCALE = 0x20;

  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;

  NumericCodec() {
    super(TypeOid.NUMERIC, "numeric");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, LONGEST);
    if (text == null) {
      return null;
    }
    Value special = FloatText.special(text);
    if (special != null || !FloatText.isNumber(text)) {
      return special;
    }
    BigDecimal number = new BigDecimal(text);
    if (number.scale() > LONGEST || integerDigits(number) > LONGEST) {
      return null;
    }
    return new Value.Decimal(number.setScale(Math.max(number.scale(), 0)));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() < 8) {
      return null;
    }
    int groups = field.readUnsignedShort();
    int weight = field.readShort();
    int sign = field.readUnsignedShort();
    int scale = field.readUnsignedShort();
    if (field.readableBytes() != 2 * groups) {
      return null;
    }
    return switch (sign) {
      case POSITIVE, NEGATIVE -> decodeGroups(field, groups, weight, scale, sign == NEGATIVE);
      case NAN -> new Value.Special("NaN");
      case INFINITY -> new Value.Special("Infinity");
      case MINUS_INFINITY -> new Value.Special("-Infinity");
      default -> null;
    };
  }

  private static @Nullable Value decodeGroups(
      ByteBuf field, int groups, int weight, int scale, boolean negative) {
    if (4 * groups > 2 * LONGEST || Math.abs(4 * weight) > LONGEST || scale > LONGEST) {
      return null;
    }
    StringBuilder digits = new StringBuilder(4 * groups + 1).append('0');
    for (int i = 0; i < groups; i++) {
      int group = field.readUnsignedShort();
      if (group > 9999) {
        return null;
      }
      digits.append((char) ('0' + group / 1000));
      digits.append((char) ('0' + group / 100 % 10));
      digits.append((char) ('0' + group / 10 % 10));
      digits.append((char) ('0' + group % 10));
    }
    BigInteger unscaled = new BigInteger(digits.toString());
    BigDecimal number =
        new BigDecimal(negative ? unscaled.negate() : unscaled, 4 * (groups - weight - 1));
    // numeric_recv cuts off what the scale does not show
    return new Value.Decimal(number.setScale(scale, RoundingMode.DOWN));
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    if (value instanceof Value.Special special) {
      return signOf(special) != null && writeAscii(out, special.text());
    }
    BigDecimal number = number(value);
    return number != null && writeAscii(out, number.toPlainString());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (value instanceof Value.Special special) {
      Integer sign = signOf(special);
      if (sign != null) {
        out.writeInt(0).writeShort(sign).writeShort(sign == NAN ? 0 : INFINITE_SCALE);
      }
      return sign != null;
    }
    BigDecimal number = number(value);
    if (number != null) {
      encodeGroups(number, out);
    }
    return number != null;
  }

  private static void encodeGroups(BigDecimal number, ByteBuf out) {
    String digits = number.abs().toPlainString();
    int point = number.scale() == 0 ? digits.length() : digits.indexOf('.');
    String whole = "0".repeat(-point & 3) + digits.substring(0, point);
    String fraction = digits.substring(Math.min(point + 1, digits.length()));
    String all = whole + fraction + "0".repeat(-fraction.length() & 3);
    int first = 0;
    int end = all.length() / 4;
    while (first < end && group(all, first) == 0) {
      first++;
    }
    while (end > first && group(all, end - 1) == 0) {
      end--;
    }
    out.writeShort(end - first);
    out.writeShort(end == first ? 0 : whole.length() / 4 - 1 - first);
    out.writeShort(number.signum() < 0 ? NEGATIVE : POSITIVE);
    out.writeShort(number.scale());
    for (int i = first; i < end; i++) {
      out.writeShort(group(all, i));
    }
  }

  private static int group(String digits, int index) {
    return Integer.parseInt(digits, 4 * index, 4 * index + 4, 10);
  }

  /** With a scale that the type can show; null if it has none. */
  private static @Nullable BigDecimal number(Value value) {
    BigDecimal number =
        switch (value) {
          case Value.Decimal decimal -> decimal.value();
          case Value.Int integer -> BigDecimal.valueOf(integer.value());
          default -> null;
        };
    if (number == null
        || number.scale() > MAX_SCALE
        || integerDigits(number) > MAX_INTEGER_DIGITS) {
      return null;
    }
    return number.signum() == 0 || number.scale() < 0
        ? number.setScale(Math.max(number.scale(), 0))
        : number;
  }

  private static long integerDigits(BigDecimal number) {
    return (long) number.precision() - number.scale();
  }

  private static @Nullable Integer signOf(Value.Special special) {
    return switch (special.text()) {
      case "NaN" -> NAN;
      case "Infinity" -> INFINITY;
      case "-Infinity" -> MINUS_INFINITY;
      default -> null;
    };
  }
}
