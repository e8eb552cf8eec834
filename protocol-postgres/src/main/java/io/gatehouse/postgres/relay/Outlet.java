package io.gatehouse.postgres.relay;

import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Direction;
import io.gatehouse.spi.net.Duplex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the client. What is to be on record is held until enough of it has come together or
 * all that was read is worked off, and is written only when it is on record. Owned by the session's
 * event loop; takes over what it is given to write.
 */
final class Outlet {
  /** As long as a part of a record; more only if more was read at once. */
  private static final int MOST_HELD = 64 << 10;

  private final Duplex duplex;
  private final ByteBufAllocator allocator;
  private final Runnable goOn;
  private final Inlet inlet;
  private ResultRecord record = ResultRecord.NONE;
  private @Nullable CompositeByteBuf held;

  /** Whether what is held ends with a whole frame, and whether what was written does. */
  private boolean heldWhole = true;

  private boolean whole = true;

  /** Whether a result was ever to be put on record in this session. */
  private boolean records;

  Outlet(Duplex duplex, ByteBufAllocator allocator, Runnable goOn) {
    this.duplex = duplex;
    this.allocator = allocator;
    this.goOn = goOn;
    inlet = new Inlet(duplex, goOn);
  }

  /** What comes the other way. */
  Inlet inlet() {
    return inlet;
  }

  /** A command is forwarded. */
  void forwarded(ResultRecord next) {
    records |= !next.equals(ResultRecord.NONE);
    inlet.forwarded(next);
  }

  boolean records() {
    return records;
  }

  /** Where what is written next is put on record. */
  ResultRecord record() {
    return record;
  }

  /** What is written from now on is of another command, or of none. */
  void record(ResultRecord next) {
    settle();
    record = next;
  }

  /**
   * @param endsWhole whether the last byte is the last of a frame
   */
  void write(ByteBuf bytes, boolean endsWhole) {
    if (record.equals(ResultRecord.NONE)) {
      whole = endsWhole;
      duplex.writeClient(bytes);
    } else {
      hold(bytes, endsWhole);
    }
  }

  private void hold(ByteBuf bytes, boolean endsWhole) {
    if (held == null) {
      held = allocator.compositeBuffer(Integer.MAX_VALUE);
    }
    held.addComponent(true, bytes);
    heldWhole = endsWhole;
    if (held.readableBytes() >= MOST_HELD) {
      settle();
    }
  }

  /** Puts on record what is held, and writes it. */
  void settle() {
    if (held != null) {
      put(record, held, false);
    }
  }

  /** A command ends: what is held is the last of it. */
  void end(ResultRecord ended) {
    inlet.ended(ended);
    if (!ended.equals(record)) {
      put(ended, Unpooled.EMPTY_BUFFER, true);
    } else {
      put(ended, held == null ? Unpooled.EMPTY_BUFFER : held, true);
      record = ResultRecord.NONE;
    }
  }

  private void put(ResultRecord on, ByteBuf bytes, boolean last) {
    if (!on.add(Direction.TO_CLIENT, bytes, last, goOn)) {
      duplex.serverMustWait();
    }
    if (bytes.isReadable()) {
      held = null;
      whole = heldWhole;
      duplex.writeClient(bytes);
    }
  }

  /** Whether what is written next must be the beginning of a frame. */
  boolean atBoundary() {
    return held == null ? whole : heldWhole;
  }

  /** What is held will never be sent, and nothing more is put on record. */
  void drop() {
    record = ResultRecord.NONE;
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
