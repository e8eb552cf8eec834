package io.gatehouse.postgres.frame;

import io.gatehouse.postgres.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the frames of one direction of a session and forwards runs of frames as one slice of
 * what was read. A frame that nobody needs to see whole is never held back: its bytes go on as they
 * come.
 *
 * <p>Owned by the session's event loop. Owns the bytes given to {@link #read} until they are
 * forwarded or dropped; {@link #close} releases what is left.
 */
public final class FrameReader {
  /** Type byte and length. */
  public static final int HEADER_BYTES = 5;

  /** PostgreSQL's own bound: MaxAllocSize is 1 GiB - 1. */
  private static final int MAX_LENGTH = 0x3fffffff;

  /** A rest smaller than this is copied out, so that it does not pin a whole receive buffer. */
  private static final int SMALL_REST_BYTES = 4_096;

  /** What to do with a frame. */
  public enum Step {
    /** Forward it, whether or not all of it is there. */
    PASS,
    /** Throw it away, whether or not all of it is there. */
    DROP,
    /** Ask again when the whole frame is there. */
    MORE,
    /** Leave it where it is until {@link FrameReader#run} is called again. */
    STOP
  }

  /** Who decides about frames and takes what is forwarded. */
  public interface Owner {

    /**
     * A frame begins.
     *
     * @param input holds the frame's body from {@code body} on, as far as it was read; not owned
     * @param length of the body
     * @param whole whether all of the body is in {@code input}
     */
    Step frame(byte type, ByteBuf input, int body, int length, boolean whole);

    /** Takes over the bytes. */
    void forward(ByteBuf run);
  }

  private final Owner owner;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf input;
  private int runStart;
  private long remaining;
  private boolean dropping;
  private int wanted;
  private boolean stopped;
  private boolean running;
  private boolean closed;

  public FrameReader(Owner owner, ByteBufAllocator allocator) {
    this.owner = owner;
    this.allocator = allocator;
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

  /** Hands the run so far to the owner; whoever inserts bytes of its own calls this first. */
  public void cut() {
    ByteBuf in = input;
    if (in == null || closed) {
      return;
    }
    int end = in.readerIndex();
    if (end > runStart) {
      int length = end - runStart;
      int start = runStart;
      runStart = end;
      owner.forward(in.retainedSlice(start, length));
    }
  }

  /** Whether the last byte forwarded was the last of a frame, so that others may be inserted. */
  public boolean atBoundary() {
    return remaining == 0 || dropping;
  }

  /** Whether the peer ended in the middle of a frame. */
  public boolean midFrame() {
    return remaining > 0 || buffered() > 0;
  }

  /** Whether the owner left a frame where it is, so that reading more helps nobody. */
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
      int step = (int) Math.min(remaining, in.readableBytes());
      in.skipBytes(step);
      if (dropping) {
        runStart = in.readerIndex();
      }
      remaining -= step;
      return remaining == 0 && in.isReadable();
    }
    if (in.readableBytes() < HEADER_BYTES) {
      return false;
    }
    return begin(in);
  }

  private boolean begin(ByteBuf in) {
    int start = in.readerIndex();
    int length = in.getInt(start + 1);
    if (length < Integer.BYTES || length > MAX_LENGTH) {
      throw new ProtocolException("invalid message length");
    }
    int frame = length + 1;
    boolean whole = in.readableBytes() >= frame;
    stopped = false;
    switch (owner.frame(in.getByte(start), in, start + HEADER_BYTES, length - 4, whole)) {
      case PASS -> {
        dropping = false;
        remaining = frame;
      }
      case DROP -> {
        cut();
        dropping = true;
        remaining = frame;
      }
      case MORE -> {
        wanted = frame;
        return false;
      }
      case STOP -> {
        stopped = true;
        return false;
      }
    }
    wanted = 0;
    return true;
  }

  private ByteBuf joined(ByteBuf rest, ByteBuf more) {
    ByteBuf target = rest;
    if (rest.writableBytes() < more.readableBytes()) {
      int needed = rest.readableBytes() + more.readableBytes();
      // Doubling, and never more than the frame at hand: a length field alone allocates nothing.
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
