package io.gatehouse.appliance.catalog;

import io.gatehouse.spi.NotificationPort.Ear;
import io.gatehouse.spi.NotificationPort.Listening;
import io.gatehouse.spi.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the event trigger that something was defined, over a connection that is made again
 * when it is lost. What is heard is only a reason to look: anybody on the target can send it.
 * Thread-safe.
 */
final class Hearing {
  /** What event-trigger.sql notifies. */
  static final String CHANNEL = "gatehouse_catalog";

  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final LiveCatalogs owner;
  private final Runnable heard;

  /** Where to listen; null while nothing is to be heard. */
  private @Nullable Upstream upstream;

  private @Nullable Line line;
  private Duration pause = SHORTEST_PAUSE;
  private boolean pausing;
  private boolean over;

  /**
   * @param heard run without any lock held, on the connection's event loop
   */
  Hearing(LiveCatalogs owner, Runnable heard) {
    this.owner = owner;
    this.heard = heard;
  }

  /** One connection. */
  private final class Line implements Ear {
    private @Nullable Listening listening;

    @Override
    public void began() {
      restored(this);
      // What was sent while nobody listened was missed.
      heard();
    }

    @Override
    public void heard() {
      if (counts(this)) {
        heard.run();
      }
    }

    @Override
    public void ended(String reason) {
      lost(this);
    }
  }

  /** Listens from now on, if it does not yet. */
  synchronized void listen(Upstream through) {
    upstream = through;
    if (!over && line == null && !pausing) {
      connect(through);
    }
  }

  private void connect(Upstream through) {
    Line next = new Line();
    line = next;
    try {
      next.listening = owner.listen(through, CHANNEL, next);
    } catch (RuntimeException e) {
      lost(next);
    }
  }

  private synchronized void restored(Line begun) {
    if (line == begun) {
      pause = SHORTEST_PAUSE;
    }
  }

  private synchronized boolean counts(Line one) {
    return line == one;
  }

  private synchronized void lost(Line one) {
    if (line != one) {
      return;
    }
    line = null;
    if (upstream != null && !over) {
      pausing = true;
      owner.after(pause, this::again);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  private synchronized void again() {
    pausing = false;
    if (upstream != null) {
      listen(upstream);
    }
  }

  /** Listens no longer, until somebody wants it again. */
  synchronized void stop() {
    upstream = null;
    Line last = line;
    line = null;
    if (last != null && last.listening != null) {
      last.listening.close();
    }
  }

  /** Never listens again. */
  synchronized void end() {
    over = true;
    stop();
  }
}
