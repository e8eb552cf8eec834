package io.gatehouse.plugins.vault;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A token between questions, outside of the heap. */
final class KeptToken implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment bytes;

  /** Wipes it where it was. */
  KeptToken(byte[] token) {
    bytes = arena.allocate(Math.max(1, token.length)).asSlice(0, token.length);
    bytes.copyFrom(MemorySegment.ofArray(token));
    Arrays.fill(token, (byte) 0);
  }

  /** For one question: the caller wipes it. */
  byte[] copy() {
    return bytes.toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public void close() {
    bytes.fill((byte) 0);
    arena.close();
  }

  @Override
  public String toString() {
    return "KeptToken[redacted]";
  }
}
