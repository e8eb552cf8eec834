package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.sse.EventLimits;
import io.gatehouse.spi.net.CommandBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An answer as far as it came. What it may grow to is bounded, and so is what all together are that
 * no client has taken yet. On the conversation's event loop, but for {@link #close}.
 */
final class AnswerBody implements AutoCloseable {
  private final CommandBudget budget;
  private final AtomicLong reserved = new AtomicLong();
  private ByteBuf bytes = ByteBufAllocator.DEFAULT.buffer();

  /** What became of a part. */
  enum Added {
    YES,
    /** The answer is larger than any may be. */
    TOO_LARGE,
    /** All answers together are. */
    NO_MEMORY
  }

  AnswerBody(CommandBudget budget) {
    this.budget = budget;
  }

  /** The part stays the caller's. */
  Added add(ByteBuf part) {
    int length = part.readableBytes();
    if (bytes.readableBytes() + length > EventLimits.DEFAULTS.eventBytes()) {
      return Added.TOO_LARGE;
    }
    if (!budget.reserve(length)) {
      return Added.NO_MEMORY;
    }
    reserved.addAndGet(length);
    bytes.writeBytes(part);
    return Added.YES;
  }

  /** All of it; what is reserved stays so until it is closed. */
  byte[] take() {
    byte[] taken = ByteBufUtil.getBytes(bytes);
    drop();
    return taken;
  }

  /** Nothing more is needed of what is here. */
  void drop() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }

  /** The client has it, or will not get it. On any thread, and as often as one likes. */
  @Override
  public void close() {
    budget.release(reserved.getAndSet(0));
  }
}
