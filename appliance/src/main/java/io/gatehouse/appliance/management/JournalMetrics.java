package io.gatehouse.appliance.management;

import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.tail.TailState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/** Whether everything is on record, and how much of it is proved. */
public final class JournalMetrics {
  private static final double MILLIS = 1e3;

  private JournalMetrics() {}

  public static void watch(MeterRegistry registry, Journal journal, InstantSource clock) {
    Gauge.builder(
            MetricNames.JOURNAL_RUNNING, () -> journal.state() instanceof TailState.Running ? 1 : 0)
        .register(registry);
    Gauge.builder(
            MetricNames.JOURNAL_SIGNED,
            () -> journal.signed().map(one -> (double) one.records()).orElse(0.0))
        .register(registry);
    Gauge.builder(
            MetricNames.JOURNAL_SIGNED_AGE,
            () ->
                journal
                    .signed()
                    .map(one -> Duration.between(one.at(), clock.instant()).toMillis() / MILLIS)
                    .orElse(Double.NaN))
        .register(registry);
  }
}
