package io.gatehouse.appliance.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.CatalogReader;
import io.gatehouse.appliance.catalog.LiveCatalogs;
import io.gatehouse.appliance.engine.Analyses;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.verdict.Digest;
import io.gatehouse.appliance.verdict.KeyedHash;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.appliance.verdict.VerdictCache;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionMetricsTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DecisionMetrics metrics =
      new DecisionMetrics(registry, new GateMetrics(registry, List.of("main"), Limits.DEFAULTS));

  private List<String> lines() {
    return registry.scrape().lines().toList();
  }

  private static Digest digest(long text) {
    return new Digest().set(new KeyedHash(new KeyedHash.Key(1, 2)).add(text).finish());
  }

  private Policy policy(String text) throws Exception {
    return Policy.load(List.of(Files.writeString(folder.resolve("p.yaml"), text)));
  }

  @Test
  void verdicts_areCounted() {
    VerdictCache cache = new VerdictCache(1_000);
    metrics.watch(cache);
    for (long text = 0; text < 100; text++) {
      assertThat(cache.get(digest(text))).isNull();
      cache.put(digest(text), Known.of(List.of()));
    }
    long kept = cache.size();
    for (long text = 0; text < 100; text++) {
      cache.get(digest(text));
    }

    assertThat(kept).isBetween(1L, 99L);
    assertThat(lines())
        .contains(
            "gatehouse_verdict_lookups_total{result=\"hit\"} " + (double) kept,
            "gatehouse_verdict_lookups_total{result=\"miss\"} " + (double) (200 - kept),
            "gatehouse_verdict_evictions_total " + (double) (100 - kept),
            "gatehouse_verdicts " + (double) kept,
            "gatehouse_verdict_bytes " + (double) cache.weight());
    assertThat(cache.weight()).isBetween(1L, 1_000L);
  }

  @Test
  void analysesAndTheirLimits_areCounted() {
    try (Analyses analyses = new Analyses(1, 1, DAY, metrics)) {
      metrics.watch(analyses);
      metrics.read(Duration.ofMillis(3).toNanos());
      metrics.read(Duration.ofMillis(30).toNanos());
      metrics.reached(Limit.ANALYSIS_MILLIS);

      assertThat(lines())
          .contains(
              "gatehouse_analyses_waiting 0.0",
              "gatehouse_analysis_seconds_count 2",
              "gatehouse_analysis_seconds_bucket{le=\"0.001\"} 0",
              "gatehouse_analysis_seconds_bucket{le=\"0.005\"} 1",
              "gatehouse_analysis_seconds_bucket{le=\"0.1\"} 2",
              "gatehouse_limit_reached_total{limit=\"analysis-millis\"} 1.0");
    }
  }

  @Test
  void catalogs_areCountedByTargetAndNotByDatabase() {
    LiveCatalogs catalogs =
        new LiveCatalogs(
            new CatalogReader(
                (_, _) -> CompletableFuture.failedFuture(new UpstreamException("nobody there")),
                Runnable::run,
                1,
                DAY),
            new LiveCatalogs.Settings(DAY, DAY, DAY, 1),
            System::nanoTime,
            (_, _) -> {});
    metrics.watch(catalogs, List.of("core", "idle"));
    catalogs.fresh(
        new Upstream(
            "core",
            new Upstream.UnixSocket(Path.of("/run/t")),
            new Credential("gate", null),
            "named_by_a_client",
            null,
            Map.of()));

    assertThat(lines())
        .contains(
            "gatehouse_catalogs{target=\"core\"} 0.0",
            "gatehouse_catalog_age_seconds{target=\"core\"} NaN",
            "gatehouse_catalog_failures_total{target=\"core\"} 1.0",
            "gatehouse_catalog_failures_total{target=\"idle\"} 0.0",
            "gatehouse_catalog_changes_total{target=\"core\"} 0.0",
            "gatehouse_catalog_notifications_total{target=\"core\"} 0.0");
    assertThat(registry.scrape()).doesNotContain("named_by_a_client");
  }

  @Test
  void policyReplaced_onlyTheNewOneIsThere() throws Exception {
    Policy first = policy("rules: [{name: a, verdict: allow}]\n");
    metrics.policy(first);
    Policy second =
        policy("rules: [{name: a, verdict: allow}, {name: b, verdict: hold, message: m}]\n");

    metrics.policy(second);

    assertThat(lines()).contains("gatehouse_policy_rules{digest=\"" + second.digest() + "\"} 2.0");
    assertThat(registry.scrape()).doesNotContain(first.digest());
  }
}
