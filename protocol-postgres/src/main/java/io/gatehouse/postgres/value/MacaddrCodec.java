package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** macaddr: six bytes; as text with colons between. */
final class MacaddrCodec extends TypeCodec {
  private static final int WIDTH = 6;
  private static final HexFormat HEX = HexFormat.ofDelimiter(":");
  private static final Pattern FORM = Pattern.compile("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}");

  MacaddrCodec() {
    super(TypeOid.MACADDR, "macaddr");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, 64);
    return text == null || !FORM.matcher(text).matches() ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() != WIDTH) {
      return null;
    }
    byte[] address = new byte[WIDTH];
    field.readBytes(address);
    return new Value.Text(HEX.formatHex(address));
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return fits(value) && value instanceof Value.Text text && writeAscii(out, text.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (!fits(value) || !(value instanceof Value.Text text)) {
      return false;
    }
    out.writeBytes(HEX.parseHex(text.value()));
    return true;
  }

  private static boolean fits(Value value) {
    return value instanceof Value.Text text && FORM.matcher(text.value()).matches();
  }
}
