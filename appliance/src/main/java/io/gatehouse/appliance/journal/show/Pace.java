package io.gatehouse.appliance.journal.show;

import io.gatehouse.appliance.journal.read.Row;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits between records as long as it took then. Not thread-safe. */
public final class Pace {
  private final double speed;
  private final Duration most;
  private final Consumer<Duration> pause;
  private Optional<Row> before = Optional.empty();

  /**
   * @param speed 2 for twice as fast
   * @param most the longest pause, already with that speed
   */
  public Pace(double speed, Duration most, Consumer<Duration> pause) {
    this.speed = speed;
    this.most = most;
    this.pause = pause;
  }

  public void next(Row row) {
    long nanos =
        before
            .filter(last -> last.boot().equals(row.boot()))
            .map(last -> row.monotonicClock() - last.monotonicClock())
            .orElse(0L);
    before = Optional.of(row);
    if (nanos > 0) {
      Duration wait = Duration.ofNanos((long) (nanos / speed));
      pause.accept(wait.compareTo(most) < 0 ? wait : most);
    }
  }
}
