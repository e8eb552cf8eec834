package io.gatehouse.postgres.hostile;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the gate says happened. Thread-safe. */
final class Tally implements Meters {
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong loggedIn = new AtomicLong();
  final AtomicLong cancelsDelivered = new AtomicLong();
  final AtomicLong cancelsUnknown = new AtomicLong();
  private final Map<CloseReason, AtomicLong> closed = new ConcurrentHashMap<>();
  private final Map<Limit, AtomicLong> limits = new ConcurrentHashMap<>();

  long closed(CloseReason reason) {
    return closed.computeIfAbsent(reason, _ -> new AtomicLong()).get();
  }

  long reached(Limit limit) {
    return limits.computeIfAbsent(limit, _ -> new AtomicLong()).get();
  }

  @Override
  public void accepted(String listener) {
    accepted.incrementAndGet();
  }

  @Override
  public void loggedIn(String listener) {
    loggedIn.incrementAndGet();
  }

  @Override
  public void closed(String listener, CloseReason reason) {
    closed.computeIfAbsent(reason, _ -> new AtomicLong()).incrementAndGet();
  }

  @Override
  public void limitReached(Limit limit) {
    limits.computeIfAbsent(limit, _ -> new AtomicLong()).incrementAndGet();
  }

  @Override
  public void clientToServer(long bytes) {}

  @Override
  public void serverToClient(long bytes) {}

  @Override
  public void cancelDelivered() {
    cancelsDelivered.incrementAndGet();
  }

  @Override
  public void cancelUnknown() {
    cancelsUnknown.incrementAndGet();
  }
}
