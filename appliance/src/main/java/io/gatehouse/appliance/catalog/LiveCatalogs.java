package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.CatalogSource.Look;
import io.gatehouse.appliance.catalog.CatalogSource.Marker;
import io.gatehouse.appliance.catalog.CatalogSource.Reading;
import io.gatehouse.spi.NotificationPort;
import io.gatehouse.spi.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Catalogs that are read through the gate's own connections. Thread-safe. */
public final class LiveCatalogs implements Catalogs {

  /** Versions are unique in the process, whoever gives them. */
  static final AtomicLong VERSIONS = new AtomicLong();

  private final CatalogSource source;
  private final NotificationPort notifications;
  private final Settings settings;
  private final LongSupplier nanoTime;
  private final Timer timer;
  private final Map<CatalogKey, LiveCatalog> catalogs = new ConcurrentHashMap<>();
  private final Map<String, CatalogCounts> counts = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * @param watch how often to look whether something has changed
   * @param refresh how often to read everything again all the same
   * @param maxAge how long a catalog counts that could not be confirmed; one that nobody asked for
   *     in that time is forgotten
   * @param databases how many at once
   * @param strict the targets whose catalogs count only while the event trigger reports definitions
   */
  public record Settings(
      Duration watch, Duration refresh, Duration maxAge, int databases, Set<String> strict) {
    public Settings {
      strict = Set.copyOf(strict);
    }

    /** No target is strict. */
    public Settings(Duration watch, Duration refresh, Duration maxAge, int databases) {
      this(watch, refresh, maxAge, databases, Set.of());
    }
  }

  /** Runs a task once, later. */
  @FunctionalInterface
  public interface Timer {
    void after(Duration delay, Runnable task);
  }

  /** Told of each new version, on the thread that read it; must not block. */
  @FunctionalInterface
  public interface Listener {
    void changed(CatalogKey key, Catalog catalog);
  }

  /** One that hears nothing and only looks. */
  public LiveCatalogs(CatalogSource source, Settings settings, LongSupplier nanoTime, Timer timer) {
    this(source, NotificationPort.SILENT, settings, nanoTime, timer);
  }

  /**
   * @param nanoTime monotonic, as {@link System#nanoTime}
   */
  public LiveCatalogs(
      CatalogSource source,
      NotificationPort notifications,
      Settings settings,
      LongSupplier nanoTime,
      Timer timer) {
    this.source = source;
    this.notifications = notifications;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.timer = timer;
    repeat(settings.watch(), LiveCatalog::watch);
    repeat(settings.refresh(), LiveCatalog::refresh);
  }

  private void repeat(Duration interval, java.util.function.Consumer<LiveCatalog> task) {
    timer.after(
        interval,
        () -> {
          if (!closed) {
            catalogs.values().removeIf(LiveCatalog::endIfUnused);
            catalogs.values().forEach(task);
            repeat(interval, task);
          }
        });
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Somebody says that definitions were changed outside of the gate. */
  public void forget() {
    catalogs.values().forEach(LiveCatalog::forget);
  }

  /** Ends timers and connections; what is known stays until it is too old. */
  public void close() {
    closed = true;
    catalogs.values().forEach(LiveCatalog::end);
  }

  /** What became of the catalogs of a target, for metrics. */
  public CatalogCounts counts(String target) {
    return counts.computeIfAbsent(target, _ -> new CatalogCounts());
  }

  /** How long ago the least confirmed catalog of a target was confirmed; NaN without any. */
  public double ageSeconds(String target) {
    return of(target).flatMapToDouble(live -> live.ageSeconds().stream()).max().orElse(Double.NaN);
  }

  /** Of how many databases of a target a catalog may be used now. */
  public long held(String target) {
    return of(target).filter(LiveCatalog::usable).count();
  }

  private Stream<LiveCatalog> of(String target) {
    return catalogs.entrySet().stream()
        .filter(entry -> entry.getKey().target().equals(target))
        .map(Map.Entry::getValue);
  }

  private @Nullable LiveCatalog live(CatalogKey key) {
    return catalogs.get(place(key));
  }

  /** What is defined by way of one database may be of another one of the same server. */
  private CatalogKey place(CatalogKey key) {
    return source.wholeServer(key.target()) ? new CatalogKey(key.target(), "") : key;
  }

  @Override
  public @Nullable Catalog current(CatalogKey key) {
    @Nullable LiveCatalog live = live(key);
    return live == null ? null : live.current();
  }

  @Override
  public String whyNone(CatalogKey key) {
    @Nullable LiveCatalog live = live(key);
    return live == null ? place(key).called() + " was not asked for" : live.whyNone();
  }

  @Override
  public long version(CatalogKey key) {
    @Nullable Catalog catalog = current(key);
    return catalog == null ? 0 : catalog.version();
  }

  @Override
  public boolean reported(CatalogKey key) {
    @Nullable LiveCatalog live = live(key);
    return live != null && live.reported();
  }

  @Override
  public CompletionStage<Catalog> fresh(Upstream upstream) {
    CatalogKey key = place(CatalogKey.of(upstream));
    @Nullable LiveCatalog live = catalogs.get(key);
    if (live == null) {
      if (catalogs.size() >= settings.databases()) {
        return CompletableFuture.failedFuture(
            new IllegalStateException(
                "catalogs of " + settings.databases() + " databases are held already"));
      }
      live = catalogs.computeIfAbsent(key, _ -> new LiveCatalog(key, upstream, this));
    }
    return live.fresh(upstream);
  }

  @Override
  public void ddlBegan(CatalogKey key, Set<QualifiedName> touched, long token) {
    @Nullable LiveCatalog live = live(key);
    if (live != null) {
      live.ddlBegan(touched, token);
    }
  }

  @Override
  public void ddlEnded(CatalogKey key, long token, boolean succeeded) {
    @Nullable LiveCatalog live = live(key);
    if (live != null) {
      live.ddlEnded(token, succeeded);
    }
  }

  @Override
  public boolean anythingPending(CatalogKey key) {
    LiveCatalog live = live(key);
    return live != null && live.anythingPending();
  }

  @Override
  public boolean pending(CatalogKey key, String schema, String name) {
    @Nullable LiveCatalog live = live(key);
    return live == null || live.pending(schema, name);
  }

  long now() {
    return nanoTime.getAsLong();
  }

  boolean tooOld(long since) {
    return now() - since > settings.maxAge().toNanos();
  }

  long nextVersion() {
    return VERSIONS.incrementAndGet();
  }

  CompletionStage<Reading> read(Upstream upstream, boolean reported) {
    try {
      return source.read(upstream, reported);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  CompletionStage<Look> look(Upstream upstream, Marker known) {
    try {
      return source.look(upstream, known);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  boolean strict(CatalogKey key) {
    return settings.strict().contains(key.target());
  }

  void after(Duration delay, Runnable task) {
    if (!closed) {
      timer.after(delay, task);
    }
  }

  NotificationPort.Listening listen(Upstream upstream, String channel, NotificationPort.Ear ear) {
    return closed ? () -> {} : notifications.listen(upstream, channel, ear);
  }

  void changed(CatalogKey key, Catalog catalog) {
    counts(key.target()).changed();
    listeners.forEach(listener -> listener.changed(key, catalog));
  }
}
