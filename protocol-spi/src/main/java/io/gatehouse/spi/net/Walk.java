package io.gatehouse.spi.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the messages of one direction of a session and forwards runs of them as one slice of
 * what was read. A message that nobody needs to see whole is never held back: its bytes go on as
 * they come.
 *
 * <p>Owned by the session's event loop. Owns the bytes given to {@link #read} until they are
 * forwarded or dropped; {@link #close} releases what is left.
 */
public abstract class Walk {
  /** A rest smaller than this is copied out, so that it does not pin a whole receive buffer. */
  private static final int SMALL_REST_BYTES = 4_096;

  /** What to do with a message. */
  public enum Step {
    /** Forward it, whether or not all of it is there. */
    PASS,
    /** Throw it away, whether or not all of it is there. */
    DROP,
    /** Ask again when more of it is there. */
    MORE,
    /** Leave it where it is until {@link Walk#run} is called again. */
    STOP
  }

  private final Consumer<ByteBuf> forward;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf input;
  private int runStart;

  /** Of the part at hand. */
  private int remaining;

  private boolean dropping;
  private int wanted;
  private boolean stopped;
  private boolean running;
  private boolean closed;

  /**
   * @param forward takes over the bytes
   */
  protected Walk(Consumer<ByteBuf> forward, ByteBufAllocator allocator) {
    this.forward = forward;
    this.allocator = allocator;
  }

  /**
   * A message begins, or a further part of one, at the reader index.
   *
   * @return whether it was taken, see {@link #taken} and {@link #follow}; otherwise it stays there
   */
  protected abstract boolean next(ByteBuf in);

  /** A message begins of which is about to be asked what to do with it. */
  protected final void begins() {
    stopped = false;
  }

  /** Does what was answered; whether its parts are to be followed. */
  protected final boolean taken(Step step) {
    return switch (step) {
      case PASS -> {
        dropping = false;
        yield true;
      }
      case DROP -> {
        cut();
        dropping = true;
        yield true;
      }
      case MORE -> false;
      case STOP -> {
        stopped = true;
        yield false;
      }
    };
  }

  /** So many bytes from the reader index on go the way of the message. */
  protected final void follow(int bytes) {
    remaining = bytes;
    wanted = 0;
  }

  /** How many bytes from the reader index on must be there before it is asked again. */
  protected final void wants(int bytes) {
    wanted = bytes;
  }

  protected final boolean dropping() {
    return dropping;
  }

  protected final ByteBufAllocator allocator() {
    return allocator;
  }

  /** Takes over what was read from the socket and goes on. */
  public final void read(ByteBuf bytes) {
    if (closed) {
      bytes.release();
      return;
    }
    input = input == null ? bytes : joined(input, bytes);
    run();
  }

  /** Goes on with what is there. */
  public final void run() {
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

  /** Hands the run so far on; whoever inserts bytes of its own calls this first. */
  public final void cut() {
    ByteBuf in = input;
    if (in == null || closed) {
      return;
    }
    int end = in.readerIndex();
    if (end > runStart) {
      int start = runStart;
      runStart = end;
      forward.accept(in.retainedSlice(start, end - start));
    }
  }

  /** Whether the last byte forwarded was the last of a message, so that others may be inserted. */
  public boolean atBoundary() {
    return remaining == 0 || dropping;
  }

  /** Whether the peer ended in the middle of a message. */
  public boolean midMessage() {
    return remaining > 0 || buffered() > 0;
  }

  /** Whether a message was left where it is, so that reading more helps nobody. */
  public final boolean stopped() {
    return stopped;
  }

  /** Bytes read and not consumed. */
  public final int buffered() {
    return input == null ? 0 : input.readableBytes();
  }

  /** Releases what is left; nothing is forwarded any more. */
  public final void close() {
    closed = true;
    if (!running) {
      keepRest();
    }
  }

  private boolean advance(ByteBuf in) {
    if (remaining == 0) {
      return next(in);
    }
    int step = Math.min(remaining, in.readableBytes());
    in.skipBytes(step);
    if (dropping) {
      runStart = in.readerIndex();
    }
    remaining -= step;
    return remaining == 0 && in.isReadable();
  }

  private ByteBuf joined(ByteBuf rest, ByteBuf more) {
    ByteBuf target = rest;
    if (rest.writableBytes() < more.readableBytes()) {
      int needed = rest.readableBytes() + more.readableBytes();
      // Doubling, and never more than the message at hand: a length alone allocates nothing.
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
