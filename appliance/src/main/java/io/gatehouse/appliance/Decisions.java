package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.CatalogReader;
import io.gatehouse.appliance.catalog.LiveCatalogs;
import io.gatehouse.appliance.engine.Analyses;
import io.gatehouse.appliance.engine.Court;
import io.gatehouse.appliance.policy.ActivePolicy;
import io.gatehouse.appliance.policy.LoadedPolicy;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.verdict.Contexts;
import io.gatehouse.appliance.verdict.KeyedHash;
import io.gatehouse.appliance.verdict.VerdictCache;
import io.gatehouse.spi.NotificationPort;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** What commands are decided by, put together. Closed when the last session is over. */
final class Decisions implements AutoCloseable {
  /** A context is small, and a session has a handful. */
  private static final long CONTEXTS = 100_000;

  private final ActivePolicy policy;
  private final Analyses analyses;
  private final LiveCatalogs catalogs;
  private final Court court;

  /** The gate's own ways to its targets. */
  record Ways(UpstreamPort statements, NotificationPort notifications) {}

  /**
   * @param strict the targets that are served only while definitions are reported
   */
  Decisions(LoadedPolicy first, Ways ways, Limits limits, Set<String> strict) {
    policy = new ActivePolicy(first);
    analyses =
        new Analyses(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            limits.intOf(Limit.ANALYSIS_QUEUE),
            Duration.ofMillis(limits.of(Limit.ANALYSIS_MILLIS)));
    catalogs = catalogs(ways, limits, strict);
    court =
        new Court(
            policy,
            catalogs,
            new PostgresDialect(),
            new VerdictCache(limits.of(Limit.VERDICT_CACHE_BYTES)),
            new Contexts(CONTEXTS),
            KeyedHash.Key.random(new SecureRandom()),
            analyses,
            InstantSource.system(),
            limits.of(Limit.ANALYSIS_BYTES));
  }

  private LiveCatalogs catalogs(Ways ways, Limits limits, Set<String> strict) {
    CatalogReader reader =
        new CatalogReader(
            ways.statements(),
            analyses.executor(),
            limits.intOf(Limit.CATALOG_ROWS),
            limits.secondsOf(Limit.CATALOG_SECONDS));
    return new LiveCatalogs(
        reader,
        ways.notifications(),
        new LiveCatalogs.Settings(
            limits.secondsOf(Limit.CATALOG_WATCH_SECONDS),
            limits.secondsOf(Limit.CATALOG_REFRESH_SECONDS),
            limits.secondsOf(Limit.CATALOG_AGE_SECONDS),
            limits.intOf(Limit.CATALOGS),
            strict),
        System::nanoTime,
        analyses::after);
  }

  Court court() {
    return court;
  }

  /** Sessions decide by it from their next command on, and by catalogs that are read anew. */
  void activate(LoadedPolicy next) {
    catalogs.forget();
    policy.activate(next);
  }

  @Override
  public void close() {
    catalogs.close();
    analyses.close();
  }
}
