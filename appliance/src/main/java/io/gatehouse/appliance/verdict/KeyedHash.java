package io.gatehouse.appliance.verdict;

import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;

/**
 * SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF").
 * Under a secret key nobody can find two texts with one digest, and a digest tells nothing of its
 * text. One instance belongs to one thread and is used again for each text, so that hashing
 * allocates nothing.
 */
public final class KeyedHash {

  /** A secret of this process; never leaves it. */
  public record Key(long low, long high) {

    public static Key random(SecureRandom random) {
      return new Key(random.nextLong(), random.nextLong());
    }

    @Override
    public String toString() {
      return "Key[hidden]";
    }
  }

  private final Key key;
  private long v0;
  private long v1;
  private long v2;
  private long v3;

  /** Bytes that do not fill a word yet, lowest first, and how many bytes there were in all. */
  private long rest;

  private long length;
  private long low;
  private long high;

  public KeyedHash(Key key) {
    this.key = key;
    reset();
  }

  /** Starts over. */
  public KeyedHash reset() {
    v0 = key.low() ^ 0x736f6d6570736575L;
    v1 = key.high() ^ 0x646f72616e646f6dL ^ 0xee;
    v2 = key.low() ^ 0x6c7967656e657261L;
    v3 = key.high() ^ 0x7465646279746573L;
    rest = 0;
    length = 0;
    return this;
  }

  /** All readable bytes; the reader index stays. */
  public KeyedHash add(ByteBuf bytes) {
    int index = bytes.readerIndex();
    int end = bytes.writerIndex();
    for (; end - index >= Long.BYTES; index += Long.BYTES) {
      add(bytes.getLongLE(index));
    }
    for (; index < end; index++) {
      add(bytes.getByte(index));
    }
    return this;
  }

  public KeyedHash add(long value) {
    int held = Byte.SIZE * (int) (length & 7);
    word(rest | value << held);
    // In Java, shifting by the whole width shifts by nothing.
    rest = held == 0 ? 0 : value >>> (Long.SIZE - held);
    length += Long.BYTES;
    return this;
  }

  public KeyedHash add(byte value) {
    rest |= (value & 0xffL) << (8 * (length & 7));
    length++;
    if ((length & 7) == 0) {
      word(rest);
      rest = 0;
    }
    return this;
  }

  /** Ends it; {@link #low} and {@link #high} are the digest then. */
  public KeyedHash finish() {
    word(rest | length << 56);
    v2 ^= 0xee;
    rounds(4);
    low = v0 ^ v1 ^ v2 ^ v3;
    v1 ^= 0xdd;
    rounds(4);
    high = v0 ^ v1 ^ v2 ^ v3;
    return this;
  }

  public long low() {
    return low;
  }

  public long high() {
    return high;
  }

  private void word(long word) {
    v3 ^= word;
    rounds(2);
    v0 ^= word;
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
