package io.gatehouse.appliance.journal.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where the sealer takes records from: the tail. Called by the sealer's thread only. The order of
 * calls: {@link #goBehind} once at each start, and again after a failure; then {@link #next} as
 * long as it gives something, and {@link #sealed} after each checkpoint.
 */
public interface Unsealed {
  /**
   * The first 96 bytes of a row, and the payload as encrypted. Both are valid until the next call
   * and are read from position to limit.
   */
  record Entry(ByteBuffer head, ByteBuffer payload) {}

  /** The next entry will be the first with a sequence greater than this; -1 is before all. */
  void goBehind(long sequence) throws IOException;

  /**
   * The next entry, or empty if there is none at the moment. A sequence may be left out only if the
   * {@link Recovery} of this start names it, or {@link #lost} says so.
   */
  Optional<Entry> next() throws IOException;

  /**
   * Whether all of these, the last included, were lost or given up, and a record of the tail's own
   * names them as a hole: one of kind <em>recovered</em> or <em>gap</em>.
   */
  default boolean lost(long first, long last) {
    return false;
  }

  /** All up to this sequence are in a signed tree and on disk: the tail may forget them. */
  void sealed(long sequence) throws IOException;
}
