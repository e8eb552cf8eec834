package io.gatehouse.mysql.relay;

import io.gatehouse.spi.ResultRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All that is put on record, of one command. */
final class Kept implements ResultRecord {
  final ByteBuf all = Unpooled.buffer();
  private final boolean pausing;
  final AtomicInteger ends = new AtomicInteger();

  Kept(boolean pausing) {
    this.pausing = pausing;
  }

  @Override
  public boolean add(Direction direction, ByteBuf bytes, boolean last, Runnable goOn) {
    all.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    if (last) {
      ends.incrementAndGet();
    }
    if (pausing) {
      ThreadExecutorMap.currentExecutor().execute(goOn);
    }
    return !pausing;
  }
}
