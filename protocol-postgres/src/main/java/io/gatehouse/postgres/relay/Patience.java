package io.gatehouse.postgres.relay;

import io.gatehouse.spi.net.Duplex;
import io.gatehouse.spi.net.Limit;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** How long a session waits for its client. Owned by the session's event loop. */
final class Patience {
  /** How exact the limits in seconds are. */
  private static final long CHECK_SECONDS = 1;

  private final Session session;
  private final Duplex duplex;
  private final ScheduledFuture<?> clock;
  private long heard = System.nanoTime();

  Patience(Session session, Duplex duplex) {
    this.session = session;
    this.duplex = duplex;
    clock =
        session
            .client()
            .eventLoop()
            .scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
  }

  /** The client sent something. */
  void heard() {
    heard = System.nanoTime();
  }

  void end() {
    clock.cancel(false);
  }

  private void check() {
    long now = System.nanoTime();
    long stalled = session.limits().secondsOf(Limit.CLIENT_STALLED_SECONDS).toNanos();
    long idle = session.limits().secondsOf(Limit.CLIENT_IDLE_SECONDS).toNanos();
    if (stalled > 0 && duplex.stalledNanos(now) > stalled) {
      session.meters().limitReached(Limit.CLIENT_STALLED_SECONDS);
      session.clientTooSlow();
    } else if (idle > 0 && session.awaitsClient() && now - heard > idle) {
      session.meters().limitReached(Limit.CLIENT_IDLE_SECONDS);
      session.clientIdle();
    }
  }
}
