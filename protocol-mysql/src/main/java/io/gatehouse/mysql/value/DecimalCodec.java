package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * decimal: plain, with as many digits behind the point as the column has; the same in both forms.
 */
final class DecimalCodec extends TypeCodec {
  /** MySQL has 65 digits, MariaDB too. */
  private static final int LONGEST = 128;

  private static final Pattern FORM = Pattern.compile("-?(\\d+(\\.\\d+)?|\\.\\d+)");

  private final int decimals;
  private final long length;
  private final boolean unsigned;
  private final boolean zerofill;

  DecimalCodec(ColumnKind kind) {
    super(kind.name());
    decimals = kind.decimals();
    length = kind.length();
    unsigned = kind.unsigned();
    zerofill = kind.zerofill();
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, LONGEST);
    return text == null || !FORM.matcher(text).matches()
        ? null
        : new Value.Decimal(new BigDecimal(text));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return decodeText(field);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    BigDecimal number = number(value);
    if (number == null) {
      return false;
    }
    String text = number.toPlainString();
    if (text.length() > Math.min(length, LONGEST)) {
      return false;
    }
    String zeros = zerofill ? "0".repeat((int) Math.min(length, LONGEST) - text.length()) : "";
    return writeAscii(out, zeros + text);
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return encodeText(value, out);
  }

  /** With the scale that the column shows; null if it would be another number then. */
  private @Nullable BigDecimal number(Value value) {
    BigDecimal number =
        switch (value) {
          case Value.Decimal decimal -> decimal.value();
          case Value.Int integer -> BigDecimal.valueOf(integer.value());
          default -> null;
        };
    if (number == null
        || (unsigned && number.signum() < 0)
        || Math.abs((long) number.scale()) > LONGEST
        || number.precision() > LONGEST) {
      return null;
    }
    int scale = decimals < ColumnKind.NOT_FIXED ? decimals : Math.max(0, number.scale());
    return number.stripTrailingZeros().scale() > scale ? null : number.setScale(scale);
  }
}
