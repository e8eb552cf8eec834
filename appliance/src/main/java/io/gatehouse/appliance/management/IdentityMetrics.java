package io.gatehouse.appliance.management;

import io.gatehouse.appliance.identity.refresh.Outcome;
import io.gatehouse.appliance.session.LiveSessions;
import io.gatehouse.appliance.session.SessionWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whether the gate knows what is revoked, and logins that somebody should look at. */
public final class IdentityMetrics {
  private IdentityMetrics() {}

  public static void watch(MeterRegistry registry, LiveSessions sessions, SessionWatch watch) {
    Gauge.builder(MetricNames.REVOCATIONS, sessions, LiveSessions::revoked)
        .strongReference(true)
        .register(registry);
    Gauge.builder(MetricNames.REVOCATIONS_AGE, watch, SessionWatch::ageSeconds)
        .strongReference(true)
        .register(registry);
    Gauge.builder(MetricNames.REVOCATIONS_KNOWN, () -> sessions.obstacle().isEmpty() ? 1 : 0)
        .register(registry);
  }

  /** Counts what became of questions to the provider. */
  public static Consumer<Outcome> refreshes(MeterRegistry registry) {
    Map<Outcome, Counter> counters =
        Arrays.stream(Outcome.values())
            .collect(
                Collectors.toMap(
                    outcome -> outcome,
                    outcome ->
                        registry.counter(
                            MetricNames.REFRESHES, MetricNames.TAG_RESULT, outcome.tag())));
    return outcome -> Optional.ofNullable(counters.get(outcome)).ifPresent(Counter::increment);
  }

  /** Counts from zero, so that the first one is a change that an alarm sees. */
  public static Runnable breakGlass(MeterRegistry registry) {
    Counter counter = registry.counter(MetricNames.BREAK_GLASS);
    return counter::increment;
  }
}
