package io.gatehouse.postgres.testing;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Meters;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells how much the gate has read, so that a test can send the next part then. Thread-safe. */
public final class ArrivedBytes implements Meters {

  /** One direction. */
  public static final class Counter {
    private static final long MOST_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long bytes;

    /** Since the start. */
    public long bytes() {
      lock.lock();
      try {
        return bytes;
      } finally {
        lock.unlock();
      }
    }

    /** Returns when the gate has read so many, and fails if it does not. */
    public void awaitAtLeast(long wanted) {
      lock.lock();
      try {
        long left = TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (bytes < wanted) {
          if (left <= 0) {
            throw new AssertionError("the gate read " + bytes + " bytes of " + wanted);
          }
          left = more.awaitNanos(left);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        lock.unlock();
      }
    }

    private void add(long read) {
      lock.lock();
      try {
        bytes += read;
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  public final Counter fromClients = new Counter();
  public final Counter fromServers = new Counter();

  @Override
  public void clientToServer(long read) {
    fromClients.add(read);
  }

  @Override
  public void serverToClient(long read) {
    fromServers.add(read);
  }

  @Override
  public void accepted(String listener) {}

  @Override
  public void loggedIn(String listener) {}

  @Override
  public void closed(String listener, CloseReason reason) {}

  @Override
  public void limitReached(Limit limit) {}

  @Override
  public void cancelDelivered() {}

  @Override
  public void cancelUnknown() {}
}
