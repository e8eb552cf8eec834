package io.gatehouse.mcp.http;

import io.gatehouse.spi.net.CommandBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as far as it came. What it may grow to is bounded, and what all together may is:
 * its part of that is kept until the exchange is over, whoever has the bytes by then.
 */
final class Body implements AutoCloseable {
  private final ByteBufAllocator allocator;
  private final long most;
  private final CommandBudget budget;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
  private long reserved;

  Body(ByteBufAllocator allocator, long most, CommandBudget budget) {
    this.allocator = allocator;
    this.most = most;
    this.budget = budget;
  }

  /** Takes the part over. Why it is not taken; null if it is. */
  @Nullable Refused add(ByteBuf part) {
    try {
      int length = part.readableBytes();
      if (reserved + length > most) {
        return Refused.bodyTooLarge();
      }
      if (!budget.reserve(length)) {
        return Refused.noMemory();
      }
      reserved += length;
      if (reserved == length) {
        bytes = allocator.buffer(length);
      }
      bytes.writeBytes(part);
      return null;
    } finally {
      part.release();
    }
  }

  /** The bytes, which from now on are the caller's. */
  ByteBuf take() {
    ByteBuf taken = bytes;
    bytes = Unpooled.EMPTY_BUFFER;
    return taken;
  }

  @Override
  public void close() {
    take().release();
    budget.release(reserved);
    reserved = 0;
  }
}
