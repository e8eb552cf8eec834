package io.gatehouse.postgres.frame;

import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Walk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Walks over the frames of one direction of a session. Owned by the session's event loop. */
public final class FrameReader extends Walk {
  /** Type byte and length. */
  public static final int HEADER_BYTES = 5;

  /** PostgreSQL's own bound: MaxAllocSize is 1 GiB - 1. */
  private static final int MAX_LENGTH = 0x3fffffff;

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

  public FrameReader(Owner owner, ByteBufAllocator allocator) {
    super(owner::forward, allocator);
    this.owner = owner;
  }

  @Override
  protected boolean next(ByteBuf in) {
    if (in.readableBytes() < HEADER_BYTES) {
      return false;
    }
    int start = in.readerIndex();
    int length = in.getInt(start + 1);
    if (length < Integer.BYTES || length > MAX_LENGTH) {
      throw new ProtocolException("invalid message length");
    }
    int frame = length + 1;
    boolean whole = in.readableBytes() >= frame;
    begins();
    wants(frame);
    Step step = owner.frame(in.getByte(start), in, start + HEADER_BYTES, length - 4, whole);
    if (!taken(step)) {
      return false;
    }
    follow(frame);
    return true;
  }
}
