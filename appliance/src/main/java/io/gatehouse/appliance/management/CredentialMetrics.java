package io.gatehouse.appliance.management;

import io.gatehouse.appliance.credential.Readings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** Whether held credentials can be had. */
public final class CredentialMetrics {
  private CredentialMetrics() {}

  public static void watch(MeterRegistry registry, Readings readings) {
    FunctionCounter.builder(MetricNames.CREDENTIAL_READINGS, readings, Readings::replaced)
        .tag(MetricNames.TAG_RESULT, "replaced")
        .register(registry);
    FunctionCounter.builder(MetricNames.CREDENTIAL_READINGS, readings, Readings::failed)
        .tag(MetricNames.TAG_RESULT, "failed")
        .register(registry);
  }
}
