package io.gatehouse.appliance.management;

import io.gatehouse.spi.net.Limit;
import io.micrometer.core.instrument.MeterRegistry;

/** What the desk counts. Thread-safe. */
public final class DeskMetrics {
  private final MeterRegistry registry;
  private final GateMetrics gate;

  public DeskMetrics(MeterRegistry registry, GateMetrics gate) {
    this.registry = registry;
    this.gate = gate;
  }

  /**
   * @param status one of the few that the desk answers with
   */
  public void answered(int status) {
    registry
        .counter(MetricNames.DESK_ANSWERS, MetricNames.TAG_STATUS, Integer.toString(status))
        .increment();
  }

  public void limitReached(Limit limit) {
    gate.limitReached(limit);
  }
}
