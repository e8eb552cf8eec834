package io.gatehouse.appliance.journal.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Drops checkpoints at the anchors on a thread of its own, so that an anchor that hangs holds up no
 * record. Only the newest waits: an anchor that is slow gets fewer.
 */
final class Anchors implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<Anchor> anchors;
  private final Sealer.Listener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private Sealing.@Nullable Signed waiting;
  private boolean closing;

  Anchors(List<Anchor> anchors, Sealer.Listener listener) {
    this.anchors = List.copyOf(anchors);
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("journal-anchors").daemon().unstarted(this::run);
    thread.start();
  }

  void post(Sealing.Signed newest) {
    lock.lock();
    try {
      waiting = newest;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Sealing.Signed next = await(); next != null; next = await()) {
      for (Anchor anchor : anchors) {
        long number = next.checkpoint().number();
        try {
          anchor.drop(number, next.note().getBytes(StandardCharsets.UTF_8));
          listener.anchored(anchor, number);
        } catch (IOException | RuntimeException e) {
          listener.anchorFailed(anchor, number, e);
        }
      }
    }
  }

  /** The newest that no anchor has, or null when it is closed and there is none. */
  private Sealing.@Nullable Signed await() {
    lock.lock();
    try {
      while (waiting == null && !closing) {
        changed.awaitUninterruptibly();
      }
      Sealing.Signed next = waiting;
      waiting = null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Waits a while for the last checkpoint to be dropped. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
