package io.gatehouse.appliance.management;

import static io.gatehouse.appliance.management.MetricNames.TAG_RESULT;
import static io.gatehouse.appliance.management.MetricNames.TAG_TARGET;

import io.gatehouse.appliance.catalog.CatalogCounts;
import io.gatehouse.appliance.catalog.LiveCatalogs;
import io.gatehouse.appliance.detection.CommandFindings;
import io.gatehouse.appliance.detection.FindingObserver;
import io.gatehouse.appliance.detection.Found;
import io.gatehouse.appliance.engine.Analyses;
import io.gatehouse.appliance.pin.PinBook;
import io.gatehouse.appliance.pin.TargetPins;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.verdict.VerdictCache;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Meters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What deciding costs and what it rests on. Tags are targets of the configuration and words of the
 * gate's own; databases are none, because a client may name them. Thread-safe.
 */
public final class DecisionMetrics implements Analyses.Observer, FindingObserver {
  private final MeterRegistry registry;
  private final Meters meters;
  private final Timer analysis;
  private final MultiGauge policy;

  /**
   * @param meters where reached limits are counted
   */
  public DecisionMetrics(MeterRegistry registry, Meters meters) {
    this.registry = registry;
    this.meters = meters;
    analysis =
        Timer.builder(MetricNames.ANALYSIS)
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
    policy = MultiGauge.builder(MetricNames.POLICY).register(registry);
  }

  @Override
  public void read(long nanos) {
    analysis.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void reached(Limit limit) {
    meters.limitReached(limit);
  }

  /** Kinds are the gate's own words; patterns of policies are one, so that tags stay few. */
  @Override
  public void found(CommandFindings findings) {
    for (Found one : findings.all()) {
      registry
          .counter(
              MetricNames.FINDINGS,
              "kind",
              one.own() ? "pattern" : one.kind(),
              "action",
              one.action().name().toLowerCase(Locale.ROOT))
          .increment((double) one.count());
    }
  }

  public void watch(VerdictCache cache) {
    count(MetricNames.VERDICTS, Tags.of(TAG_RESULT, "hit"), cache, VerdictCache::hits);
    count(MetricNames.VERDICTS, Tags.of(TAG_RESULT, "miss"), cache, VerdictCache::misses);
    count(MetricNames.VERDICT_EVICTIONS, Tags.empty(), cache, VerdictCache::evictions);
    gauge(MetricNames.VERDICT_ENTRIES, Tags.empty(), cache, VerdictCache::size);
    gauge(MetricNames.VERDICT_BYTES, Tags.empty(), cache, VerdictCache::weight);
  }

  public void watch(Analyses analyses) {
    gauge(MetricNames.ANALYSES_WAITING, Tags.empty(), analyses, Analyses::waiting);
  }

  public void watch(LiveCatalogs catalogs, Collection<String> targets) {
    for (String target : targets) {
      Tags tags = Tags.of(TAG_TARGET, target);
      CatalogCounts counts = catalogs.counts(target);
      gauge(MetricNames.CATALOGS, tags, catalogs, all -> all.held(target));
      gauge(MetricNames.CATALOG_AGE, tags, catalogs, all -> all.ageSeconds(target));
      count(MetricNames.CATALOG_CHANGES, tags, counts, CatalogCounts::changes);
      count(MetricNames.CATALOG_FAILURES, tags, counts, CatalogCounts::failures);
      count(MetricNames.CATALOG_NOTIFICATIONS, tags, counts, CatalogCounts::notifications);
    }
  }

  /** Definitions that are neither shown nor called until somebody accepts them. */
  public void watch(PinBook pins) {
    for (String target : pins.targets()) {
      TargetPins here = pins.of(target).orElseThrow();
      gauge(MetricNames.PINS_PENDING, Tags.of(TAG_TARGET, target), here, TargetPins::pending);
    }
  }

  /** The policy in force from now on; the one before has no series any more. */
  public void policy(Policy current) {
    policy.register(
        List.of(MultiGauge.Row.of(Tags.of("digest", current.digest()), current.ruleCount())), true);
  }

  private <T> void gauge(String name, Tags tags, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).tags(tags).strongReference(true).register(registry);
  }

  private <T> void count(String name, Tags tags, T of, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, of, value).tags(tags).register(registry);
  }
}
