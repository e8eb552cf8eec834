package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.CatalogsWhereRead;
import io.gatehouse.appliance.catalog.LiveCatalogs;
import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.TargetConfig;
import io.gatehouse.appliance.detection.CommandFindings;
import io.gatehouse.appliance.detection.FindingLog;
import io.gatehouse.appliance.detection.FindingObserver;
import io.gatehouse.appliance.engine.Analyses;
import io.gatehouse.appliance.engine.BegunSessions;
import io.gatehouse.appliance.engine.Court;
import io.gatehouse.appliance.management.DecisionMetrics;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.pin.PinBook;
import io.gatehouse.appliance.policy.ActivePolicy;
import io.gatehouse.appliance.policy.LoadedPolicy;
import io.gatehouse.appliance.verdict.Contexts;
import io.gatehouse.appliance.verdict.KeyedHash;
import io.gatehouse.appliance.verdict.VerdictCache;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.NotificationPort;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What commands are decided by, put together. Closed when the last session is over. */
final class Decisions implements AutoCloseable {
  /** A context is small, and a session has a handful. */
  private static final long CONTEXTS = 100_000;

  /** It takes about one; a machine on which it takes this long decides nothing in time. */
  private static final long WARM_SECONDS = 60;

  private final DecisionMetrics metrics;
  private final ActivePolicy policy;
  private final Analyses analyses;
  private final LiveCatalogs catalogs;
  private final DefinedMasks masks;
  private final Court court;
  private final CompletableFuture<Void> warm;

  /** The gate's own ways to its targets. */
  record Ways(UpstreamPort statements, NotificationPort notifications) {}

  /** What is there for sessions of one kind or another. */
  record Parts(DecisionMetrics metrics, PinBook pins) {}

  /** What is decided by, from the beginning or from a reload on. */
  record Rules(LoadedPolicy policy, MaskKeys keys) {}

  /**
   * @param examples commands that were read to begin with
   */
  Decisions(
      Rules first,
      Ways ways,
      GatehouseConfig config,
      Parts parts,
      CompletableFuture<List<Command>> examples) {
    metrics = parts.metrics();
    Limits limits = config.limits();
    VerdictCache cache = new VerdictCache(limits.of(Limit.VERDICT_CACHE_BYTES));
    policy = new ActivePolicy(first.policy());
    analyses =
        new Analyses(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            limits.intOf(Limit.ANALYSIS_QUEUE),
            Duration.ofMillis(limits.of(Limit.ANALYSIS_MILLIS)),
            metrics);
    catalogs = catalogs(ways, config);
    warm =
        examples.thenAcceptAsync(
            commands -> WarmUp.decide(first.policy().policy(), commands), analyses.executor());
    masks = new DefinedMasks(first.keys());
    court =
        new Court(
            policy,
            new CatalogsWhereRead(
                catalogs, targets(config, protocol -> !Understanding.catalogued(protocol))),
            Understanding.dialects(),
            cache,
            new Contexts(CONTEXTS),
            KeyedHash.Key.random(new SecureRandom()),
            analyses,
            InstantSource.system(),
            masks,
            told(metrics),
            parts.pins(),
            new BegunSessions(
                ways.statements(),
                Understanding.dialects(),
                limits.secondsOf(Limit.CATALOG_AGE_SECONDS)),
            limits.of(Limit.ANALYSIS_BYTES));
    metrics.watch(cache);
    metrics.watch(analyses);
    metrics.watch(parts.pins());
    metrics.watch(catalogs, List.copyOf(targets(config, Understanding::catalogued)));
    metrics.policy(first.policy().policy());
  }

  private static Set<String> targets(GatehouseConfig config, Predicate<Protocol> which) {
    return config.targets().stream()
        .filter(target -> which.test(target.protocol()))
        .map(TargetConfig::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static FindingObserver told(DecisionMetrics metrics) {
    FindingLog log = new FindingLog();
    return (CommandFindings findings) -> {
      log.found(findings);
      metrics.found(findings);
    };
  }

  private LiveCatalogs catalogs(Ways ways, GatehouseConfig config) {
    Limits limits = config.limits();
    return new LiveCatalogs(
        Understanding.catalogs(config, ways.statements(), analyses.executor()),
        ways.notifications(),
        new LiveCatalogs.Settings(
            limits.secondsOf(Limit.CATALOG_WATCH_SECONDS),
            limits.secondsOf(Limit.CATALOG_REFRESH_SECONDS),
            limits.secondsOf(Limit.CATALOG_AGE_SECONDS),
            limits.intOf(Limit.CATALOGS),
            config.strictTargets()),
        System::nanoTime,
        analyses::after);
  }

  Court court() {
    return court;
  }

  /** Waits until the first command will be decided as fast as others. */
  void awaitWarm() throws StartException {
    try {
      warm.get(WARM_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartException("commands cannot be read: " + cause.getMessage(), e);
    } catch (TimeoutException e) {
      throw new StartException(
          "commands cannot be read: the first ones took over " + WARM_SECONDS + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }

  /** Sessions decide by it from their next command on, and by catalogs that are read anew. */
  void activate(Rules next) {
    catalogs.forget();
    masks.replace(next.keys());
    policy.activate(next.policy());
    metrics.policy(next.policy().policy());
  }

  @Override
  public void close() {
    catalogs.close();
    analyses.close();
  }
}
