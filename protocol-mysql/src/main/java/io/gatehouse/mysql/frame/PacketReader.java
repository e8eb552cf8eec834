package io.gatehouse.mysql.frame;

import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Walk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/**
 * Walks over the payloads of one direction of a session. Of those that go on, at most the sequence
 * numbers of their packets are written anew, where they lie. Owned by the session's event loop.
 */
public final class PacketReader extends Walk {
  /** Length and sequence number. */
  public static final int HEADER_BYTES = 4;

  /** A packet of this length is not the last of its payload. */
  public static final int FULL_BYTES = 0xFF_FFFF;

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

  /** Whether the next packet goes on with the payload of the one before. */
  private boolean continued;

  private boolean eachAnew;
  private int expected;
  private int outgoing;

  public PacketReader(Owner owner, ByteBufAllocator allocator) {
    super(owner::forward, allocator);
    this.owner = owner;
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

  @Override
  public boolean atBoundary() {
    return dropping() || (super.atBoundary() && !continued);
  }

  @Override
  public boolean midMessage() {
    return continued || super.midMessage();
  }

  @Override
  protected boolean next(ByteBuf in) {
    int there = in.readableBytes();
    if (there < HEADER_BYTES) {
      return false;
    }
    if (continued) {
      packet(in);
      return true;
    }
    // Of a payload that is not empty, the first byte says what it is.
    return (there > HEADER_BYTES || in.getMediumLE(in.readerIndex()) == 0) && begin(in);
  }

  private boolean begin(ByteBuf in) {
    if (eachAnew) {
      renumber(0, 0);
    }
    checkSequence(in, in.readerIndex(), expected);
    begins();
    if (!taken(ask(in))) {
      return false;
    }
    packet(in);
    return true;
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
    wants(at - start + (part == FULL_BYTES ? HEADER_BYTES : 0));
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
    CompositeByteBuf all = allocator().compositeBuffer(parts);
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
    if (!dropping()) {
      if (in.getUnsignedByte(start + 3) != outgoing) {
        in.setByte(start + 3, outgoing);
      }
      outgoing = (outgoing + 1) & 0xFF;
    }
    continued = length == FULL_BYTES;
    follow(HEADER_BYTES + length);
  }

  private static void checkSequence(ByteBuf in, int at, int number) {
    if (in.getUnsignedByte(at + 3) != (number & 0xFF)) {
      throw new ProtocolException("packets out of order");
    }
  }
}
