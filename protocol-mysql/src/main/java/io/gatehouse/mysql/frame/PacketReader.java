package io.gatehouse.mysql.frame;

import io.gatehouse.mysql.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the payloads of one direction of a session and forwards runs of packets as one slice
 * of what was read. A payload that nobody needs to see whole is never held back: its bytes go on as
 * they come, and at most their sequence numbers are written anew, where they lie.
 *
 * <p>Owned by the session's event loop. Owns the bytes given to {@link #read} until they are
 * forwarded or dropped; {@link #close} releases what is left.
 */
public final class PacketReader {
  /** Length and sequence number. */
  public static final int HEADER_BYTES = 4;

  /** A packet of this length is not the last of its payload. */
  public static final int FULL_BYTES = 0xFF_FFFF;

  /** A rest smaller than this is copied out, so that it does not pin a whole receive buffer. */
  private static final int SMALL_REST_BYTES = 4_096;

  /** What to do with a payload. */
  public enum Step {
    /** Forward it, whether or not all of it is there. */
    PASS,
    /** Throw it away, whether or not all of it is there. */
    DROP,
    /** Ask again when more of it is there. */
    MORE,
    /** Leave it where it is until {@link PacketReader#run} is called again. */
    STOP
  }

  /** Who decides about payloads and takes what is forwarded. */
  public interface Owner {

    /**
     * A payload begins, and its first byte is there unless it is empty.
     *
     * @param input holds the payload from {@code body} on, as far as it was read, without the
     *     headers that stand in it if it is whole; not owned
     * @param length of the payload, as far as its packets announce it
     * @param whole whether all of it is in {@code input}
     */
    Step payload(ByteBuf input, int body, int length, boolean whole);

    /** Takes over the bytes. */
    void forward(ByteBuf run);
  }

  private final Owner owner;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf input;
  private int runStart;

  /** Of the packet at hand, its header included. */
  private int remaining;

  /** Whether the next packet goes on with the payload of the one before. */
  private boolean continued;

  private boolean dropping;
  private boolean eachAnew;
  private int wanted;
  private int expected;
  private int outgoing;
  private boolean stopped;
  private boolean running;
  private boolean closed;

  public PacketReader(Owner owner, ByteBufAllocator allocator) {
    this.owner = owner;
    this.allocator = allocator;
  }

  /**
   * A dialogue begins, or goes on from what the other side said.
   *
   * @param incoming the number that the next packet read must have
   * @param forwarded the number it has when it is forwarded
   */
  public void renumber(int incoming, int forwarded) {
    expected = incoming & 0xFF;
    outgoing = forwarded & 0xFF;
  }

  /** Whether each payload is a command, whose packets are numbered from 0. */
  public void eachAnew(boolean anew) {
    eachAnew = anew;
  }

  /** The number of the next packet read. */
  public int expected() {
    return expected;
  }

  /** The number of the next packet forwarded, or inserted by the owner, who then tells. */
  public int outgoing() {
    return outgoing;
  }

  /** Packets of the owner's own went out in between; the last of them was before this number. */
  public void inserted(int next) {
    outgoing = next & 0xFF;
  }

  /** Takes over what was read from the socket and goes on. */
  public void read(ByteBuf bytes) {
    if (closed) {
      bytes.release();
      return;
    }
    input = input == null ? bytes : joined(input, bytes);
    run();
  }

  /** Goes on with what is there. */
  public void run() {
    ByteBuf in = input;
    if (running || closed || in == null) {
      return;
    }
    running = true;
    try {
      runStart = in.readerIndex();
      while (advance(in)) {
        if (closed) {
          return;
        }
      }
      cut();
    } finally {
      running = false;
      keepRest();
    }
  }

  /** Hands the run so far to the owner; whoever inserts packets of its own calls this first. */
  public void cut() {
    ByteBuf in = input;
    if (in == null || closed) {
      return;
    }
    int end = in.readerIndex();
    if (end > runStart) {
      int start = runStart;
      runStart = end;
      owner.forward(in.retainedSlice(start, end - start));
    }
  }

  /** Whether the last byte forwarded was the last of a payload, so that others may be inserted. */
  public boolean atBoundary() {
    return dropping || (remaining == 0 && !continued);
  }

  /** Whether the peer ended in the middle of a payload. */
  public boolean midPayload() {
    return remaining > 0 || continued || buffered() > 0;
  }

  /** Whether the owner left a payload where it is, so that reading more helps nobody. */
  public boolean stopped() {
    return stopped;
  }

  /** Bytes read and not consumed. */
  public int buffered() {
    return input == null ? 0 : input.readableBytes();
  }

  /** Releases what is left; nothing is forwarded any more. */
  public void close() {
    closed = true;
    if (!running) {
      keepRest();
    }
  }

  private boolean advance(ByteBuf in) {
    if (remaining > 0) {
      int step = Math.min(remaining, in.readableBytes());
      in.skipBytes(step);
      if (dropping) {
        runStart = in.readerIndex();
      }
      remaining -= step;
      return remaining == 0 && in.isReadable();
    }
    int there = in.readableBytes();
    if (there < HEADER_BYTES) {
      return false;
    }
    if (!continued && there == HEADER_BYTES && in.getMediumLE(in.readerIndex()) != 0) {
      return false;
    }
    if (continued) {
      packet(in);
      return true;
    }
    return begin(in);
  }

  private boolean begin(ByteBuf in) {
    if (eachAnew) {
      renumber(0, 0);
    }
    checkSequence(in, in.readerIndex(), expected);
    stopped = false;
    return switch (ask(in)) {
      case PASS -> {
        dropping = false;
        packet(in);
        yield true;
      }
      case DROP -> {
        cut();
        dropping = true;
        packet(in);
        yield true;
      }
      case MORE -> false;
      case STOP -> {
        stopped = true;
        yield false;
      }
    };
  }

  /** How much of a payload is known: its packets follow each other in what was read. */
  private Step ask(ByteBuf in) {
    int start = in.readerIndex();
    int end = in.writerIndex();
    int at = start;
    long length = 0;
    int parts = 0;
    int part;
    do {
      part = in.getUnsignedMediumLE(at);
      checkSequence(in, at, expected + parts);
      parts++;
      length += part;
      at += HEADER_BYTES + part;
    } while (part == FULL_BYTES && at <= end - HEADER_BYTES);
    boolean whole = part < FULL_BYTES && at <= end;
    // One header more than there is now, if what follows the last part is not known yet.
    wanted = at - start + (part == FULL_BYTES ? HEADER_BYTES : 0);
    int known = (int) Math.min(length, Integer.MAX_VALUE);
    if (parts == 1 || !whole) {
      return owner.payload(in, start + HEADER_BYTES, known, whole);
    }
    CompositeByteBuf joined = joined(in, start, parts);
    try {
      return owner.payload(joined, 0, known, true);
    } finally {
      joined.release();
    }
  }

  private CompositeByteBuf joined(ByteBuf in, int start, int parts) {
    CompositeByteBuf all = allocator.compositeBuffer(parts);
    int at = start;
    for (int i = 0; i < parts; i++) {
      int part = in.getUnsignedMediumLE(at);
      all.addComponent(true, in.retainedSlice(at + HEADER_BYTES, part));
      at += HEADER_BYTES + part;
    }
    return all;
  }

  private void packet(ByteBuf in) {
    int start = in.readerIndex();
    checkSequence(in, start, expected);
    int length = in.getUnsignedMediumLE(start);
    expected = (expected + 1) & 0xFF;
    if (!dropping) {
      if (in.getUnsignedByte(start + 3) != outgoing) {
        in.setByte(start + 3, outgoing);
      }
      outgoing = (outgoing + 1) & 0xFF;
    }
    continued = length == FULL_BYTES;
    remaining = HEADER_BYTES + length;
    wanted = 0;
  }

  private static void checkSequence(ByteBuf in, int at, int number) {
    if (in.getUnsignedByte(at + 3) != (number & 0xFF)) {
      throw new ProtocolException("packets out of order");
    }
  }

  private ByteBuf joined(ByteBuf rest, ByteBuf more) {
    ByteBuf target = rest;
    if (rest.writableBytes() < more.readableBytes()) {
      int needed = rest.readableBytes() + more.readableBytes();
      // Doubling, and never more than the packets at hand: a length alone allocates nothing.
      int roomy = Math.max(needed, Math.min(wanted, 2 * needed));
      target = allocator.buffer(roomy).writeBytes(rest);
      rest.release();
    }
    target.writeBytes(more);
    more.release();
    return target;
  }

  private void keepRest() {
    ByteBuf in = input;
    if (in == null) {
      return;
    }
    if (closed || !in.isReadable()) {
      input = null;
      in.release();
    } else if (in.readableBytes() <= SMALL_REST_BYTES && in.capacity() > 2 * SMALL_REST_BYTES) {
      input = allocator.buffer(in.readableBytes()).writeBytes(in);
      in.release();
    }
  }
}
