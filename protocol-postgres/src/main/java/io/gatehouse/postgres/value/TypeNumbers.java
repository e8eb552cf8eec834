package io.gatehouse.postgres.value;

import org.jspecify.annotations.Nullable;

/** The numbers of types as text, made once for those that come with the server. Thread-safe. */
public final class TypeNumbers {
  /** Objects that come with the server have smaller ones (FirstGenbkiObjectId). */
  private static final int OWN = 10_000;

  private static final @Nullable String[] SPELT = new String[OWN];

  private TypeNumbers() {}

  /** Two threads may make the same one; either will do. */
  public static String spelt(int oid) {
    if (oid < 0 || oid >= OWN) {
      return Integer.toUnsignedString(oid);
    }
    String known = SPELT[oid];
    if (known == null) {
      known = Integer.toString(oid);
      SPELT[oid] = known;
    }
    return known;
  }
}
