package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.seal.Recovery;
import io.gatehouse.appliance.journal.tail.Recovered;
import io.gatehouse.appliance.journal.tail.Tail;
import io.gatehouse.appliance.journal.tail.TailConfig;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The record of what a start has found. */
final class Recoveries {
  private static final long NANOS = 1_000_000_000L;

  private Recoveries() {}

  static Optional<Recovery> of(
      Tail tail, TailConfig config, Optional<LastStart> last, LastStart now, Clock clock) {
    if (tail.recoverySequence().isEmpty()) {
      return Optional.empty();
    }
    Recovered found = tail.recovered();
    List<Recovery.Hole> holes =
        found.holes().stream().map(hole -> new Recovery.Hole(hole.first(), hole.last())).toList();
    List<String> torn =
        found.damages().stream()
            .map(damage -> String.valueOf(damage.file().getParent()) + " " + damage.what())
            .toList();
    Instant wall = clock.instant();
    return Optional.of(
        new Recovery(
            tail.recoverySequence().getAsLong(),
            holes,
            found.entries(),
            torn,
            last.map(LastStart::sync).orElse("os"),
            last.map(before -> !before.machine().equals(now.machine())).orElse(true),
            last.map(LastStart::queues).orElse(now.queues()),
            new Recovery.Start(
                wall.getEpochSecond() * NANOS + wall.getNano(), 0, config.boot(), config.node())));
  }
}
