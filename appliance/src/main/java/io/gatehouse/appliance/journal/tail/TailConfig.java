package io.gatehouse.appliance.journal.tail;

import java.nio.file.Path;
import java.util.UUID;

/**
 * What a tail is told.
 *
 * @param directory where its epochs are; on a file system that overwrites in place
 * @param boot another for each start of the process
 * @param epochBytes what one queue takes before the next one is used; a quarter more is allocated
 * @param nextSequence the first one that is not sealed yet
 */
public record TailConfig(
    Path directory, long node, UUID boot, long epochBytes, Syncing syncing, long nextSequence) {
  /** Eight times the longest entry, so that a quarter of it holds two. */
  public static final long LEAST_EPOCH_BYTES = 8L << 20;

  public static final long MOST_EPOCH_BYTES = 1L << 30;

  public TailConfig {
    if (epochBytes < LEAST_EPOCH_BYTES
        || epochBytes > MOST_EPOCH_BYTES
        || epochBytes % LEAST_EPOCH_BYTES != 0) {
      throw new IllegalArgumentException(
          "an epoch has 8 MiB to 1 GiB, in steps of 8 MiB, not " + epochBytes);
    }
    if (nextSequence < 0) {
      throw new IllegalArgumentException("no sequence: " + nextSequence);
    }
  }
}
