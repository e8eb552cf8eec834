package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A type that the users made. What it is the protocol does not know, so nothing is read; a text is
 * written as an enumeration's label, which is the same in both formats (enum_send in enum.c).
 * Whoever answers with a text has to know from the catalog that the column is one.
 */
final class UserTypeCodec extends TypeCodec {
  // NAMEDATALEN - 1, in bytes
  private static final int LONGEST = 63;

  UserTypeCodec(int oid) {
    super(oid, Integer.toUnsignedString(oid));
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    return null;
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Text label
        && !label.value().isEmpty()
        && label.value().length() <= LONGEST
        && writeUtf8(out, label.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return encodeText(value, out);
  }
}
