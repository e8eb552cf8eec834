package io.gatehouse.appliance.journal.tail;

import java.nio.ByteBuffer;

/** An entry as it was written, its checksum tried. The buffers are read-only. */
public final class TailEntry {
  private final ByteBuffer head;
  private final ByteBuffer payload;

  /** Of the bytes behind the checksum. */
  TailEntry(byte[] bytes, int offset, int length) {
    head = ByteBuffer.wrap(bytes, offset, Layout.HEAD).slice().asReadOnlyBuffer();
    payload =
        ByteBuffer.wrap(bytes, offset + Layout.HEAD, length - Layout.HEAD)
            .slice()
            .asReadOnlyBuffer();
  }

  public long sequence() {
    return head.getLong(Layout.SEQUENCE);
  }

  /** The number, which may be of a kind that this version does not know. */
  public byte kind() {
    return head.get(Layout.KIND);
  }

  /** The first 96 bytes of the row. */
  public ByteBuffer head() {
    return head.duplicate();
  }

  /** As it was written: encrypted, but for the kinds that are not. */
  public ByteBuffer payload() {
    return payload.duplicate();
  }
}
