package io.gatehouse.appliance.journal.tail;

import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;

/**
 * The mapping of a queue's file, for who sees to it that an append finds its page ready. A page
 * that was just synced is clean, and the next write to it is a fault of some microseconds, or of a
 * commit of the file system: better on the thread that syncs than on a loop. Used by one thread at
 * a time.
 */
final class Pages implements AutoCloseable {
  private static final int PAGE = 4096;
  private static final int LEAST_AHEAD = 2;
  private static final int MOST_AHEAD = 64;

  private final SingleChronicleQueueStore store;
  private final MappedBytes mapped;
  private final long bytes;
  private long before;

  private Pages(SingleChronicleQueueStore store, long bytes) {
    this.store = store;
    this.bytes = bytes;
    mapped = store.bytes();
  }

  /** Makes the file what Chronicle wants of it. */
  static Pages of(SingleChronicleQueue queue, long bytes) {
    SingleChronicleQueueStore store = queue.storeForCycle(0, 0, true, null);
    if (store == null) {
      throw new IllegalStateException("Chronicle made no file");
    }
    return new Pages(store, bytes);
  }

  void touchAll() {
    touch(0, bytes);
  }

  /** From where the next entry begins, twice as far as was written since the last time. */
  void touchAhead(long used) {
    long ahead = Math.clamp(2 * (used - before) / PAGE, LEAST_AHEAD, MOST_AHEAD);
    before = used;
    touch(used, Math.min(bytes, used + ahead * PAGE));
  }

  /** Puts a zero where there is a zero, which changes nothing, whoever else writes there. */
  private void touch(long from, long to) {
    for (long page = from / PAGE * PAGE; page < to; page += PAGE) {
      mapped.compareAndSwapInt(page, 0, 0);
    }
  }

  @Override
  public void close() {
    mapped.releaseLast();
    store.close();
  }
}
