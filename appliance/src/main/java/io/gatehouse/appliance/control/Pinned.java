package io.gatehouse.appliance.control;

import org.jspecify.annotations.Nullable;

/**
 * Which definition counts, and which the server gives instead; the same for the store and for what
 * gates know of it.
 *
 * @param accepted digest of the one that counts; null if none does yet
 * @param pending digest of one that nobody has accepted; null if there is none
 */
public record Pinned(@Nullable String accepted, @Nullable String pending) {
  public static final Pinned NOTHING = new Pinned(null, null);

  /** After the server gave this one. */
  public Pinned seen(String digest, boolean firstUse) {
    if (digest.equals(accepted)) {
      return new Pinned(accepted, null);
    }
    return equals(NOTHING) && firstUse ? new Pinned(digest, null) : new Pinned(accepted, digest);
  }
}
