package io.gatehouse.appliance.journal.read;

import java.io.IOException;

/**
 * A record where it was found. Valid as long as its reader is open.
 *
 * @param index its place in the tree; -1 for one that is in the tail only
 * @param sealed whether the newest checkpoint is of a tree with it
 */
public record Entry(Row row, long index, boolean sealed, Stored stored) {
  /** Where its payload is. */
  interface Stored {
    Bytes read() throws IOException;
  }

  /** What is there of a payload. */
  sealed interface Bytes {
    /** Never changed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record There(byte[] bytes) implements Bytes {}

    /** Its file was pruned. */
    record Pruned() implements Bytes {}

    record Damaged(String what) implements Bytes {}
  }
}
