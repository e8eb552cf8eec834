package io.gatehouse.appliance.journal.read;

import java.nio.ByteBuffer;
import java.util.UUID;

/** A row of the journal, or the head of an entry of its tail. Immutable. */
public final class Row {
  static final int BYTES = 128;
  static final int HEAD = 96;

  private static final int VERSION = 1;
  private static final UUID NONE = new UUID(0, 0);

  private final ByteBuffer head;

  private Row(ByteBuffer head) {
    this.head = head;
  }

  /** Copies what is needed from the buffer's position, which stays. */
  static Row of(ByteBuffer bytes) {
    byte[] head = new byte[HEAD];
    bytes.get(bytes.position(), head);
    return new Row(ByteBuffer.wrap(head).asReadOnlyBuffer());
  }

  boolean known() {
    return head.get(0) == VERSION;
  }

  public int kind() {
    return head.get(1) & 0xff;
  }

  int retention() {
    return head.getShort(2) & 0xffff;
  }

  long length() {
    return head.getInt(4) & 0xffff_ffffL;
  }

  public long sequence() {
    return head.getLong(8);
  }

  /** Nanoseconds since 1970. */
  public long wallClock() {
    return head.getLong(16);
  }

  /** Nanoseconds since the process started. */
  public long monotonicClock() {
    return head.getLong(24);
  }

  public UUID boot() {
    return uuid(32);
  }

  /** Zeros for none. */
  public UUID session() {
    return uuid(48);
  }

  public boolean inSession() {
    return !session().equals(NONE);
  }

  UUID dataKey() {
    return uuid(64);
  }

  boolean clear() {
    return dataKey().equals(NONE);
  }

  /** The sequence of the record that it answers, or -1. */
  public long answers() {
    return head.getLong(80);
  }

  /** What the payload's tag covers beside it. */
  ByteBuffer head() {
    return head.duplicate();
  }

  private UUID uuid(int at) {
    return new UUID(head.getLong(at), head.getLong(at + Long.BYTES));
  }
}
