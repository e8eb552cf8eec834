package io.gatehouse.postgres.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A field of COPY data that is to be masked, as far as it has come: where messages end has nothing
 * to do with where fields do. Owned by the session's event loop.
 */
final class HeldField {
  private static final int KEPT = 8_192;

  private final int longest;
  private byte[] bytes = new byte[64];
  private int size;

  /**
   * @param longest bytes that are held
   */
  HeldField(int longest) {
    this.longest = longest;
  }

  void add(ByteBuf from, int index, int length) {
    room(length);
    from.getBytes(index, bytes, size, length);
    size += length;
  }

  /** Whether so much more could be held, and memory for it. */
  private void room(int more) {
    check(more);
    if (more > bytes.length - size) {
      byte[] larger = new byte[(int) Math.min(longest, Math.max(2L * bytes.length, size + more))];
      System.arraycopy(bytes, 0, larger, 0, size);
      bytes = larger;
    }
  }

  /** So much more is to come. */
  void check(int more) {
    if (more > longest - size) {
      throw new CopyRewriter.TooLong(longest);
    }
  }

  int size() {
    return size;
  }

  /** What is held; valid until it changes. */
  ByteBuf view() {
    return Unpooled.wrappedBuffer(bytes, 0, size);
  }

  void writeTo(ByteBuf out) {
    out.writeBytes(bytes, 0, size);
  }

  /** A long one is not kept room for. */
  void clear() {
    size = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[64];
    }
  }
}
