package io.gatehouse.appliance.journal.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One wrapped data key as it lies in a file.
 *
 * <pre>
 *   0 id                 16 class   18 state   19 zero
 *  20 session            36 made at            44 name of the key-encryption key
 *  60 nonce              72 wrapped key and tag
 * 120 zeros             124 CRC-32C of all before
 * </pre>
 *
 * @param madeAt nanoseconds since 1970
 */
record KeySlot(
    UUID id, int retentionClass, boolean live, UUID session, long madeAt, Wrapping wrapping) {
  static final int BYTES = 128;
  static final int NONCE_BYTES = 12;
  static final int MOST_CLASS = 0xFFFF;

  private static final int WRAPPED_BYTES = 48;
  private static final int NAME_BYTES = 16;
  private static final int BOUND_BYTES = 60;
  private static final int CHECKED_BYTES = 124;
  private static final byte LIVE = 1;
  private static final byte SHREDDED = 2;

  /**
   * The key itself, of no use without the other one.
   *
   * @param by the name of the key-encryption key
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never given away
  record Wrapping(String by, byte[] nonce, byte[] wrapped) {}

  /** Empty if the checksum says that the slot is not what was written. */
  static Optional<KeySlot> read(ByteBuffer slot) {
    byte[] bytes = new byte[BYTES];
    slot.get(bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (checksum(bytes) != in.getInt(CHECKED_BYTES)) {
      return Optional.empty();
    }
    UUID id = new UUID(in.getLong(), in.getLong());
    int retentionClass = in.getShort() & MOST_CLASS;
    byte state = in.get();
    if (in.get() != 0 || (state != LIVE && state != SHREDDED)) {
      return Optional.empty();
    }
    UUID session = new UUID(in.getLong(), in.getLong());
    long madeAt = in.getLong();
    byte[] name = new byte[NAME_BYTES];
    in.get(name);
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(nonce);
    byte[] wrapped = new byte[WRAPPED_BYTES];
    in.get(wrapped);
    String by = new String(name, StandardCharsets.US_ASCII).replace("\0", "");
    return Optional.of(
        new KeySlot(
            id, retentionClass, state == LIVE, session, madeAt, new Wrapping(by, nonce, wrapped)));
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.wrap(new byte[BYTES]);
    out.put(bound(wrapping.by));
    out.put(18, live ? LIVE : SHREDDED);
    out.put(wrapping.nonce).put(wrapping.wrapped);
    out.putInt(CHECKED_BYTES, checksum(out.array()));
    return out.array();
  }

  /** What the wrapping vouches for: all before the nonce, the state as if it were live. */
  byte[] bound(String by) {
    ByteBuffer out = ByteBuffer.wrap(new byte[BOUND_BYTES]);
    out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    out.putShort((short) retentionClass).put(LIVE).put((byte) 0);
    out.putLong(session.getMostSignificantBits()).putLong(session.getLeastSignificantBits());
    out.putLong(madeAt);
    out.put(by.getBytes(StandardCharsets.US_ASCII));
    return out.array();
  }

  KeySlot shredded() {
    return new KeySlot(
        id,
        retentionClass,
        false,
        session,
        madeAt,
        new Wrapping(wrapping.by, new byte[NONCE_BYTES], new byte[WRAPPED_BYTES]));
  }

  /** With the key wrapped anew. */
  KeySlot wrapped(KeyEncryptionKey by, byte[] key, byte[] nonce) throws IOException {
    byte[] wrapped = by.wrap(key, nonce, bound(by.name()));
    return new KeySlot(
        id, retentionClass, true, session, madeAt, new Wrapping(by.name(), nonce, wrapped));
  }

  private static int checksum(byte[] slot) {
    CRC32C sum = new CRC32C();
    sum.update(slot, 0, CHECKED_BYTES);
    return (int) sum.getValue();
  }

  @Override
  public String toString() {
    return "KeySlot[" + id + "]";
  }
}
