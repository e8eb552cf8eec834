package io.gatehouse.appliance.journal.seal;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The first 96 bytes of a row, as {@code docs/journal-format.md} lays them out. */
record Head(int version, int kind, int retention, long length, long sequence) {
  static final int BYTES = 96;
  static final int ROW = 128;
  static final int VERSION = 1;
  static final int RECOVERED = 3;
  static final int GAP = 4;

  /** Reads at the buffer's position without moving it. */
  static Head of(ByteBuffer bytes) {
    int at = bytes.position();
    return new Head(
        bytes.get(at),
        bytes.get(at + 1) & 0xff,
        bytes.getShort(at + 2) & 0xffff,
        bytes.getInt(at + 4) & 0xffff_ffffL,
        bytes.getLong(at + 8));
  }

  /** The head of a record in clear text that belongs to no session. */
  static ByteBuffer clear(int kind, int length, long sequence, Recovery.Start start) {
    ByteBuffer head = ByteBuffer.allocate(BYTES);
    head.put((byte) VERSION).put((byte) kind).putShort((short) 0).putInt(length).putLong(sequence);
    head.putLong(start.wall()).putLong(start.monotonic());
    put(head, start.boot());
    put(head, new UUID(0, 0));
    put(head, new UUID(0, 0));
    return head.putLong(-1).putLong(start.node()).flip();
  }

  private static void put(ByteBuffer head, UUID id) {
    head.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }
}
