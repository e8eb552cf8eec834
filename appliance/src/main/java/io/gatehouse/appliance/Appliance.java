package io.gatehouse.appliance;

import io.gatehouse.appliance.config.ConfigFile;
import io.gatehouse.appliance.config.DeskConfig;
import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.ListenerConfig;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.credential.HeldCredentials;
import io.gatehouse.appliance.desk.Counter;
import io.gatehouse.appliance.desk.Desk;
import io.gatehouse.appliance.desk.Ledger;
import io.gatehouse.appliance.engine.Engine;
import io.gatehouse.appliance.engine.Watch;
import io.gatehouse.appliance.identity.guard.LoginGuard;
import io.gatehouse.appliance.identity.refresh.Enrolment;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.log.Logging;
import io.gatehouse.appliance.management.CredentialMetrics;
import io.gatehouse.appliance.management.DecisionMetrics;
import io.gatehouse.appliance.management.DeskMetrics;
import io.gatehouse.appliance.management.GateMetrics;
import io.gatehouse.appliance.management.Health;
import io.gatehouse.appliance.management.IdentityMetrics;
import io.gatehouse.appliance.management.JournalMetrics;
import io.gatehouse.appliance.management.ManagementServer;
import io.gatehouse.appliance.management.ProcessMetrics;
import io.gatehouse.appliance.session.LiveSessions;
import io.gatehouse.appliance.session.SessionWatch;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.NotificationPort.Ear;
import io.gatehouse.spi.NotificationPort.Listening;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.Transport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole gate, put together from one configuration file. Started, reloaded and closed from
 * ordinary threads; everything in between runs on event loops.
 */
public final class Appliance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);

  /** On top of the drain limit, after which the listeners end what is left by themselves. */
  private static final long DRAIN_GRACE_SECONDS = 5;

  private final GatehouseConfig config;
  private final HeldCredentials held;
  private final AtomicReference<Materials> materials;
  private final Health health = new Health();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMetrics processMetrics = new ProcessMetrics(registry);
  private final GateMetrics metrics;
  private final Transport transport;
  private final Optional<Journal> journal;
  private final Ways ways;
  private @Nullable Upkeep upkeep;
  private final LiveSessions sessions;
  private @Nullable SessionWatch watch;
  private final Pinning pinning;
  private final Optional<Decisions> decisions;
  private final FrontDoors doors;
  private final List<Listener> listeners = new ArrayList<>();
  private @Nullable ManagementServer management;
  private @Nullable Desk desk;
  private @Nullable Refreshing refreshing;

  private Appliance(GatehouseConfig config, Foundations laid) {
    this.config = config;
    held = laid.held();
    transport = laid.transport();
    journal = laid.journal();
    ways = laid.ways();
    Materials loaded = laid.materials();
    materials = new AtomicReference<>(loaded);
    metrics = new GateMetrics(registry, names(config), config.limits());
    CredentialMetrics.watch(registry, held.readings());
    pinning = Pinning.of(config);
    decisions =
        loaded
            .policy()
            .map(
                policy ->
                    new Decisions(
                        new Decisions.Rules(policy, loaded.maskKeys()),
                        new Decisions.Ways(this::ask, this::listen),
                        config,
                        new Decisions.Parts(new DecisionMetrics(registry, metrics), pinning.book()),
                        laid.examples()));
    sessions = new LiveSessions(config.identity().sessions().outlive(), InstantSource.system());
    Engine engine =
        new Engine(
            ways.entrance(() -> materials.get().users()),
            () -> materials.get().routes(),
            decisions.map(Decisions::court),
            journal,
            config.log().commands(),
            watch(config));
    doors =
        new FrontDoors(
            transport, engine, config.limits(), metrics, config.identity().issuerNames());
  }

  private Watch watch(GatehouseConfig config) {
    return new Watch(
        sessions,
        new LoginGuard(config.limits(), System::nanoTime, metrics::limitReached),
        config.breakGlass() ? Optional.of(IdentityMetrics.breakGlass(registry)) : Optional.empty());
  }

  /** The gate's own questions go through the same protocol as its callers' commands. */
  private CompletionStage<Rows> ask(Upstream upstream, Statement statement) {
    Protocol spoken = materials.get().routes().protocol(upstream.target());
    return doors.run(spoken, upstream, statement);
  }

  private Listening listen(Upstream upstream, String channel, Ear ear) {
    return doors.postgres().listen(upstream, channel, ear);
  }

  /** Reads everything that {@link #start} would read, and starts nothing. */
  public static void check(Path file, Environment environment)
      throws InvalidFileException, StartException {
    Foundations.check(ConfigFile.load(file, environment));
  }

  public static Appliance start(Path file, Environment environment)
      throws InvalidFileException, StartException {
    GatehouseConfig config = ConfigFile.load(file, environment);
    Logging.level(config.log().level());
    Appliance appliance = new Appliance(config, Foundations.lay(file, config));
    try {
      appliance.begin();
      appliance.manage();
      appliance.keep();
      appliance.watchSessions();
      appliance.pinning.start(appliance.ways.store(), appliance.journal);
      if (appliance.decisions.isPresent()) {
        appliance.decisions.get().awaitWarm();
      }
      appliance.listen();
      appliance.issue();
    } catch (StartException e) {
      appliance.close();
      throw e;
    }
    appliance.health.ready();
    return appliance;
  }

  private void keep() throws StartException {
    if (journal.isPresent() && config.journal().isPresent()) {
      upkeep = Upkeep.start(config.journal().get(), journal.get());
    }
  }

  /** Before anybody is let in: what is revoked is known then. */
  private void watchSessions() {
    SessionWatch started =
        SessionWatch.start(
            sessions,
            ways.store(),
            new SessionWatch.Setting(
                config.identity().sessions().blind(),
                InstantSource.system(),
                System::nanoTime,
                acted -> journal.ifPresent(records -> Changes.revoked(records, acted))));
    watch = started;
    health.unless(sessions::obstacle);
    if (ways.store().isPresent()) {
      IdentityMetrics.watch(registry, sessions, started);
    }
  }

  /** Where everything is put on record, if the configuration says so. */
  public Optional<Journal> journal() {
    return journal;
  }

  private static List<String> names(GatehouseConfig config) {
    return config.listeners().stream().map(ListenerConfig::name).toList();
  }

  /** What is in force is on record before anybody is let in. */
  private void begin() throws StartException {
    if (journal.isPresent()) {
      Journal records = journal.get();
      health.unless(() -> Records.obstacle(records));
      JournalMetrics.watch(registry, records, InstantSource.system());
      try {
        new Changes(records, config.targets()).begun(materials.get());
      } catch (IOException e) {
        throw new StartException("journal: " + e.getMessage(), e);
      }
    }
  }

  private void manage() throws StartException {
    InetSocketAddress bind = config.management().socketAddress();
    try {
      management = ManagementServer.start(bind, registry, health);
    } catch (IOException e) {
      throw new StartException("management cannot listen on " + bind + ": " + e.getMessage(), e);
    }
    metrics.watchUsers(() -> materials.get().users().count());
  }

  /** Where people get credentials, if the configuration has it. */
  private void issue() throws StartException {
    if (config.desk().isPresent()) {
      Ways.Issue issue = ways.issue().orElseThrow();
      Counter counter =
          new Counter(
              config.desk().get(),
              config.limits(),
              new Counter.Parts(
                  ways.tokens(),
                  issue.credentials(),
                  issue.store(),
                  Ledger.of(journal),
                  refreshed(config.desk().get())),
              InstantSource.system());
      Desk.Setting setting =
          new Desk.Setting(
              config.desk().get().bind().socketAddress(),
              config.limits(),
              identityOf(DeskConfig.NAME),
              new DeskMetrics(registry, metrics));
      try {
        desk = Desk.open(transport, setting, counter);
      } catch (IOException e) {
        throw new StartException("desk: " + e.getMessage(), e);
      }
      LOG.atInfo().addKeyValue("address", desk.address()).log("the desk is open");
    }
  }

  private Optional<Enrolment> refreshed(DeskConfig settings) throws StartException {
    if (settings.refresh().isPresent()) {
      refreshing =
          Refreshing.start(
              settings.provider().orElseThrow(),
              settings.refresh().get(),
              ways,
              Ledger.of(journal),
              IdentityMetrics.refreshes(registry));
    }
    return Optional.ofNullable(refreshing).map(Refreshing::enrolment);
  }

  /** Where the desk listens, if there is one. */
  public Optional<InetSocketAddress> deskAddress() {
    return Optional.ofNullable(desk).map(Desk::address);
  }

  private void listen() throws StartException {
    for (ListenerConfig settings : config.listeners()) {
      Listener listener = await(settings);
      listeners.add(listener);
      metrics.watch(listener);
      if (settings.tls().isPresent()) {
        metrics.watchCertificate(
            settings.name(), () -> materials.get().certificateExpires(settings.name()));
      }
      LOG.atInfo()
          .addKeyValue("listener", listener.name())
          .addKeyValue("address", listener.address())
          .log("listening");
    }
  }

  private Listener await(ListenerConfig settings) throws StartException {
    String place =
        "listener " + settings.name() + " cannot listen on " + settings.bind().socketAddress();
    try {
      return doors
          .open(settings, identityOf(settings.name()))
          .toCompletableFuture()
          .get(config.limits().of(Limit.LOGIN_SECONDS), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StartException(place + ": " + reason(e), e);
    } catch (TimeoutException e) {
      throw new StartException(place + ": no answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException(place + ": interrupted", e);
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private Supplier<ServerIdentity> identityOf(String listener) {
    return () ->
        Optional.ofNullable(materials.get().identities().get(listener))
            .orElseThrow(() -> new IllegalStateException("no certificate for " + listener));
  }

  /** Where the listener of this name listens. */
  public InetSocketAddress address(String listener) {
    return listeners.stream()
        .filter(candidate -> candidate.name().equals(listener))
        .findFirst()
        .orElseThrow()
        .address();
  }

  public InetSocketAddress managementAddress() {
    return Optional.ofNullable(management).orElseThrow().address();
  }

  /**
   * Reads users, certificates, held credentials, keys of masks and the policy again. What is wrong
   * changes nothing; live sessions go on either way.
   */
  public synchronized boolean reload() {
    try {
      Materials before = materials.get();
      Materials fresh = Materials.load(config, held).after(before);
      recordChanges(before, fresh);
      materials.set(fresh);
      fresh
          .policy()
          .map(policy -> new Decisions.Rules(policy, fresh.maskKeys()))
          .ifPresent(next -> decisions.ifPresent(deciding -> deciding.activate(next)));
      before.maskKeys().closeAllBut(fresh.maskKeys());
      metrics.reloaded(true);
      LOG.atInfo().addKeyValue("users", fresh.users().count()).log("reloaded");
      return true;
    } catch (InvalidFileException | Materials.UnusableException e) {
      recordRefusal(String.valueOf(e.getMessage()));
      metrics.reloaded(false);
      LOG.atError()
          .addKeyValue("reason", e.getMessage())
          .log("reload refused, everything stays as it was");
      return false;
    }
  }

  /** What cannot be put on record does not change. */
  private void recordChanges(Materials before, Materials after) throws Materials.UnusableException {
    if (journal.isPresent()) {
      try {
        new Changes(journal.get(), config.targets()).changed(before, after);
      } catch (IOException e) {
        after.maskKeys().closeAllBut(before.maskKeys());
        throw new Materials.UnusableException("journal: " + e.getMessage(), e);
      }
    }
  }

  private void recordRefusal(String why) {
    journal.ifPresent(
        records -> {
          try {
            new Changes(records, config.targets()).refused(why);
          } catch (IOException e) {
            LOG.atError().addKeyValue("reason", e.getMessage()).log("not on record");
          }
        });
  }

  /** No new sessions; those that are there end when they are idle, or when the limit is reached. */
  public void drain() {
    health.draining();
    CompletableFuture<?>[] drained =
        listeners.stream()
            .map(listener -> listener.drain().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    long seconds = config.limits().of(Limit.DRAIN_SECONDS) + DRAIN_GRACE_SECONDS;
    LOG.atInfo().addKeyValue("limit-seconds", seconds).log("draining");
    try {
      CompletableFuture.allOf(drained).get(seconds, TimeUnit.SECONDS);
      LOG.info("drained");
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn().addKeyValue("reason", e.toString()).log("sessions were left at the end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (desk != null) {
      desk.close();
    }
    drain();
    if (management != null) {
      management.close();
    }
    decisions.ifPresent(Decisions::close);
    if (refreshing != null) {
      refreshing.close();
    }
    if (watch != null) {
      watch.close();
    }
    pinning.close();
    if (upkeep != null) {
      upkeep.close();
    }
    journal.ifPresent(Journal::close);
    ways.close();
    transport.close();
    held.close();
    materials.get().maskKeys().close();
    processMetrics.close();
    registry.close();
  }
}
