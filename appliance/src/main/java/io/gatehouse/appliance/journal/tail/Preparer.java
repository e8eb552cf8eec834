package io.gatehouse.appliance.journal.tail;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The thread that makes the next queue of each writer before it is needed, and tries again each
 * second where it could not.
 */
final class Preparer implements AutoCloseable {
  private static final long AGAIN_NANOS = 1_000_000_000L;

  private final Epochs epochs;
  private final long epochBytes;
  private final boolean clean;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<TailWriter> wanting = new LinkedHashSet<>();
  private final ReentrantLock preparing = new ReentrantLock();
  private final Thread thread;
  private boolean closing;

  /**
   * Does nothing yet.
   *
   * @param clean whether what it makes will be synced
   */
  Preparer(Epochs epochs, long epochBytes, boolean clean) {
    this.clean = clean;
    this.epochs = epochs;
    this.epochBytes = epochBytes;
    thread = Thread.ofPlatform().daemon().name("journal-prepare").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /** From a loop: the lock is held for moments only. */
  void want(TailWriter writer) {
    lock.lock();
    try {
      wanting.add(writer);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    List<TailWriter> round = take(false);
    while (!round.isEmpty()) {
      boolean failed = false;
      for (TailWriter writer : round) {
        failed |= !tried(writer);
      }
      round = take(failed);
    }
  }

  /** Empty when it is closed. */
  private List<TailWriter> take(boolean failed) {
    lock.lock();
    try {
      long left = AGAIN_NANOS;
      while (!closing && (failed ? left > 0 : wanting.isEmpty())) {
        if (failed) {
          left = changed.awaitNanos(left);
        } else {
          changed.await();
        }
      }
      if (closing) {
        return List.of();
      }
      List<TailWriter> round = List.copyOf(wanting);
      wanting.clear();
      return round;
    } catch (InterruptedException e) {
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private boolean tried(TailWriter writer) {
    try {
      prepare(writer);
      return true;
    } catch (IOException e) {
      want(writer);
      return false;
    }
  }

  /** Returns when the writer has a next queue. */
  void prepare(TailWriter writer) throws IOException {
    preparing.lock();
    try {
      if (!writer.hasNext()) {
        writer.offer(epochs.prepare(writer.number(), epochBytes, clean));
      }
    } catch (IOException e) {
      writer.noNext(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      preparing.unlock();
    }
  }

  EpochQueue first(int loop) throws IOException {
    return epochs.prepare(loop, epochBytes, clean);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
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
