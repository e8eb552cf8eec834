package io.gatehouse.verifier;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/** One record's row of 128 bytes, or its first 96 as the tail holds them. */
final class Row {
  static final int SIZE = 128;
  static final int HEAD = 96;
  static final int STARTED = 1;
  static final int RECOVERED = 3;
  static final int GAP = 4;
  static final int PRUNED = 5;
  static final int INTENT = 18;
  static final int OUTCOME = 19;
  static final int RESULT = 20;

  private final byte[] bytes;
  private final ByteBuffer fields;
  private final byte[] leaf;

  Row(byte[] bytes) {
    this.bytes = bytes;
    this.fields = ByteBuffer.wrap(bytes);
    this.leaf = Tree.leaf(bytes);
  }

  byte[] leaf() {
    return leaf;
  }

  boolean is(byte[] leafHash) {
    return Arrays.equals(leaf, leafHash);
  }

  int version() {
    return bytes[0];
  }

  int kind() {
    return bytes[1] & 0xff;
  }

  int retention() {
    return fields.getShort(2) & 0xffff;
  }

  long length() {
    return fields.getInt(4) & 0xffff_ffffL;
  }

  long sequence() {
    return fields.getLong(8);
  }

  long wall() {
    return fields.getLong(16);
  }

  long monotonic() {
    return fields.getLong(24);
  }

  UUID boot() {
    return id(32);
  }

  UUID dataKey() {
    return id(64);
  }

  long answers() {
    return fields.getLong(80);
  }

  long node() {
    return fields.getLong(88);
  }

  boolean hasDigest(byte[] digest) {
    return Arrays.equals(bytes, HEAD, SIZE, digest, 0, digest.length);
  }

  private UUID id(int offset) {
    return new UUID(fields.getLong(offset), fields.getLong(offset + 8));
  }
}
