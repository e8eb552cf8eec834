package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * interval: its text depends on a setting of the session, so none is read; the one that is written,
 * no time at all, is taken in every IntervalStyle.
 */
final class IntervalCodec extends TypeCodec {
  private static final Value ZERO = new Value.Text("00:00:00");
  // microseconds, days, months (interval_send in timestamp.c)
  private static final int WIDTH = Long.BYTES + 2 * Integer.BYTES;

  IntervalCodec() {
    super(TypeOid.INTERVAL, "interval");
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
    return value.equals(ZERO) && writeAscii(out, "00:00:00");
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (!value.equals(ZERO)) {
      return false;
    }
    out.writeZero(WIDTH);
    return true;
  }
}
