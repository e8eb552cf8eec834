package io.gatehouse.appliance.journal.tail;

import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that syncs one writer's queues and closes those that the writer is done with. One sync
 * is for all that was appended before it began.
 */
final class Syncer implements AutoCloseable {
  private final TailWriter writer;
  private final Syncing syncing;
  private final Queue<EpochQueue> retired = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile long wanted = -1;
  private volatile long settled = -1;
  private volatile boolean idle;
  private volatile boolean closing;

  Syncer(TailWriter writer, Syncing syncing, int loop) {
    this.writer = writer;
    this.syncing = syncing;
    thread = Thread.ofPlatform().daemon().name("journal-sync-" + loop).unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /** On the writer's loop. */
  void want(long sequence) {
    wanted = sequence;
    if (idle) {
      LockSupport.unpark(thread);
    }
  }

  /** The writer will not touch it again. */
  void retire(EpochQueue queue) {
    retired.add(queue);
    LockSupport.unpark(thread);
  }

  private void work() {
    while (!closing) {
      idle = true;
      while (!closing && wanted <= settled && retired.isEmpty()) {
        LockSupport.park(this);
      }
      idle = false;
      long began = System.nanoTime();
      round();
      if (syncing instanceof Syncing.Interval interval) {
        rest(began + interval.most().toNanos());
      }
    }
    round();
  }

  private void rest(long until) {
    for (long left = until - System.nanoTime();
        left > 0 && !closing;
        left = until - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  private void round() {
    // The order counts: what was appended by now is in this queue or in one retired before.
    long appended = writer.appended();
    Optional<EpochQueue> current = writer.current();
    for (EpochQueue queue = retired.poll(); queue != null; queue = retired.poll()) {
      sync(queue);
      close(queue);
      EpochQueue closed = queue;
      current = current.filter(one -> one != closed);
    }
    if (wanted > settled) {
      current.ifPresent(this::sync);
      settled = Math.max(settled, appended);
      writer.settleLater(appended);
    }
  }

  /** What is in a queue that cannot be synced is settled as lost before anything else is. */
  private void sync(EpochQueue queue) {
    if (syncing instanceof Syncing.Os || queue.lost()) {
      return;
    }
    try {
      queue.sync();
    } catch (IOException e) {
      writer.syncFailed(queue, e);
    }
  }

  private void close(EpochQueue queue) {
    try {
      queue.close();
    } catch (IOException | RuntimeException e) {
      writer.syncFailed(queue, e);
    }
  }

  /** Syncs once more what is left. */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      LockSupport.unpark(thread);
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
