package io.gatehouse.spi.login;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/**
 * A secret that is needed again and again, kept outside of the heap: dumps of the heap are made by
 * operators, by tools and at crashes, and are sent around. Between uses no object of the heap has
 * it. Thread-safe.
 */
public final class HeldSecret {
  private static final Cleaner CLEANER = Cleaner.create();

  private final MemorySegment bytes;

  private HeldSecret(MemorySegment bytes) {
    this.bytes = bytes;
  }

  /** Takes it over and wipes it where it was. What is held is wiped when nobody can ask for it. */
  public static HeldSecret of(Secret secret) {
    try (secret) {
      Arena arena = Arena.ofShared();
      MemorySegment bytes = arena.allocate(Math.max(1, secret.bytes().length));
      MemorySegment exactly = bytes.asSlice(0, secret.bytes().length);
      exactly.copyFrom(MemorySegment.ofArray(secret.bytes()));
      HeldSecret held = new HeldSecret(exactly);
      CLEANER.register(held, () -> wipe(bytes, arena));
      return held;
    }
  }

  private static void wipe(MemorySegment bytes, Arena arena) {
    bytes.fill((byte) 0);
    arena.close();
  }

  /** A copy for one use: the caller closes it. */
  public Secret copy() {
    try {
      return Secret.of(bytes.toArray(ValueLayout.JAVA_BYTE));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public String toString() {
    return "HeldSecret[redacted]";
  }
}
