package io.gatehouse.mysql.relay;

import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Direction;
import io.gatehouse.spi.ResultRecord.Unrecorded;
import io.gatehouse.spi.net.Duplex;
import io.gatehouse.spi.net.Meters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the client. What is to be on record is held until enough of it has come together or
 * all that was read is worked off, and is written only when it is on record. One command runs at a
 * time, so that all of it is that command's. Owned by the session's event loop; takes over what it
 * is given to write.
 */
final class Outlet {
  /** As long as a part of a record; more only if more was read at once. */
  private static final int MOST_HELD = 64 << 10;

  private final Duplex duplex;
  private final Meters meters;
  private final ByteBufAllocator allocator;
  private final Runnable goOn;
  private ResultRecord record = ResultRecord.NONE;
  private @Nullable CompositeByteBuf held;

  /** Whether what is held ends with a whole packet, and whether what was written does. */
  private boolean heldWhole = true;

  private boolean whole = true;

  /**
   * @param goOn once more may follow
   */
  Outlet(Duplex duplex, Meters meters, ByteBufAllocator allocator, Runnable goOn) {
    this.duplex = duplex;
    this.meters = meters;
    this.allocator = allocator;
    this.goOn = goOn;
  }

  /** What is written from now on is put on record there. */
  void begin(ResultRecord next) {
    settle();
    record = next;
  }

  /**
   * @param endsWhole whether the last byte is the last of a packet
   */
  void write(ByteBuf bytes, boolean endsWhole) {
    if (record.equals(ResultRecord.NONE)) {
      whole = endsWhole;
      writeClient(bytes);
      return;
    }
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
      put(held, false);
    }
  }

  /**
   * The command has ended: what is held is the last of it.
   *
   * @return why that is not on record, null if it is, or need not be
   */
  @Nullable Unrecorded end() {
    if (record.equals(ResultRecord.NONE)) {
      return null;
    }
    try {
      put(held == null ? Unpooled.EMPTY_BUFFER : held, true);
      record = ResultRecord.NONE;
      return null;
    } catch (Unrecorded e) {
      return e;
    }
  }

  private void put(ByteBuf bytes, boolean last) {
    if (!record.add(Direction.TO_CLIENT, bytes, last, goOn)) {
      duplex.serverMustWait();
    }
    if (bytes.isReadable()) {
      held = null;
      whole = heldWhole;
      writeClient(bytes);
    }
  }

  private void writeClient(ByteBuf bytes) {
    meters.serverToClient(bytes.readableBytes());
    duplex.writeClient(bytes);
  }

  /** Whether what is written next must be the beginning of a packet. */
  boolean atBoundary() {
    return held == null ? whole : heldWhole;
  }

  /**
   * What is held will never be sent, and nothing more is put on record.
   *
   * @param next the number of the next packet, if nothing is held
   * @return the number of the packet that the client waits for; negative in the middle of one
   */
  int drop(int next) {
    record = ResultRecord.NONE;
    int awaited = !whole ? -1 : held == null ? next : held.getUnsignedByte(held.readerIndex() + 3);
    if (held != null) {
      held.release();
      held = null;
    }
    return awaited;
  }
}
