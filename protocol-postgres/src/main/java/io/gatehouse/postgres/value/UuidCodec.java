package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** uuid: 32 hex digits in five groups; sixteen bytes. */
final class UuidCodec extends TypeCodec {
  /** What uuid_in takes: a hyphen after any four digits, braces around. */
  private static final Pattern FORM = Pattern.compile("(?:[0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}");

  UuidCodec() {
    super(TypeOid.UUID, "uuid");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, 64);
    if (text == null) {
      return null;
    }
    String digits = text.startsWith("{") && text.endsWith("}") ? inside(text) : text;
    if (!FORM.matcher(digits).matches()) {
      return null;
    }
    String hex = digits.replace("-", "");
    return new Value.Uuid(
        new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16)));
  }

  private static String inside(String text) {
    return text.substring(1, text.length() - 1);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.readableBytes() == 16
        ? new Value.Uuid(new UUID(field.readLong(), field.readLong()))
        : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Uuid uuid && writeAscii(out, uuid.value().toString());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (value instanceof Value.Uuid uuid) {
      out.writeLong(uuid.value().getMostSignificantBits());
      out.writeLong(uuid.value().getLeastSignificantBits());
      return true;
    }
    return false;
  }
}
