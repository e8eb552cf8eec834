package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnTypes;
import io.gatehouse.appliance.catalog.LiveCatalogs;
import io.gatehouse.appliance.config.ConfigFile;
import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.credential.HeldCredentials;
import io.gatehouse.appliance.engine.Analyses;
import io.gatehouse.appliance.engine.Engine;
import io.gatehouse.appliance.engine.Guards;
import io.gatehouse.appliance.engine.Routes.Destination;
import io.gatehouse.appliance.identity.Entrance;
import io.gatehouse.appliance.identity.LocalWay;
import io.gatehouse.appliance.policy.CommandReader;
import io.gatehouse.appliance.policy.MaskCheck;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.Preview;
import io.gatehouse.appliance.scan.Scan;
import io.gatehouse.appliance.scan.TargetScan;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Dialects;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.UnreadDialect;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements as a fresh session of a configured target would have them read: with its
 * catalog, through the held credential. For the command line; used from one thread.
 */
public final class TargetStatements implements CommandReader, AutoCloseable {
  private final HeldCredentials held;
  private final Materials materials;
  private final Limits limits;
  private final Optional<List<String>> retention;
  private final Transport transport;
  private final Analyses analyses;
  private final FrontDoors doors;
  private final Dialects dialects = Understanding.dialects();
  private final LiveCatalogs catalogs;

  private TargetStatements(GatehouseConfig config, HeldCredentials held, Materials materials) {
    this.held = held;
    this.materials = materials;
    this.limits = config.limits();
    this.retention = Materials.retentionClasses(config);
    transport = new Transport(1);
    analyses = new Analyses(1, 16, Duration.ofSeconds(limits.of(Limit.CATALOG_SECONDS)));
    Engine nobody =
        new Engine(
            new Entrance(List.of(), new LocalWay(materials::users, InstantSource.system())),
            materials::routes,
            Optional.empty(),
            Optional.empty(),
            false);
    doors = new FrontDoors(transport, nobody, limits, Meters.NONE, List.of());
    Duration never = Duration.ofDays(1);
    catalogs =
        new LiveCatalogs(
            Understanding.catalogs(config, this::ask, analyses.executor()),
            new LiveCatalogs.Settings(never, never, never, limits.intOf(Limit.CATALOGS)),
            System::nanoTime,
            analyses::after);
  }

  /** Reads the configuration without its policy; targets are asked when they are needed. */
  public static TargetStatements open(Path file, Environment environment)
      throws InvalidFileException, StartException {
    GatehouseConfig config = ConfigFile.load(file, environment);
    HeldCredentials held = Foundations.held(config);
    try {
      return new TargetStatements(config, held, Materials.beforePolicy(config, held));
    } catch (InvalidFileException e) {
      held.close();
      throw e;
    } catch (Materials.UnusableException e) {
      held.close();
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Knows the keys and retention classes of the configuration. */
  public MaskCheck masks() {
    return MaskDefinitions.with(materials.maskKeys(), retention);
  }

  /** A target could not be asked; the message says why. */
  static final class UnreachedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreachedException(String message) {
      super(message);
    }
  }

  @Override
  public Command read(String target, String database, String statement) {
    try {
      return read(target)
          ? analysed(target, database, statement).command()
          : UnreadDialect.anything().command();
    } catch (UnreachedException e) {
      return Command.notUnderstood(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What a caller would get of a statement, line by line; nothing if nothing of it is protected.
   *
   * @param verdict what the policy says of it
   */
  public List<String> preview(Policy policy, Asked asked, Verdict verdict) {
    try {
      return switch (verdict) {
        case Verdict.Allow _ -> preview(policy, asked, List.of());
        case Verdict.AllowMasked masked -> preview(policy, asked, masked.masked());
        case Verdict.Hold _, Verdict.Deny _ -> List.of();
      };
    } catch (UnreachedException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** A caller's statement. */
  public record Asked(Caller caller, Target target, String database, String statement) {}

  private List<String> preview(Policy policy, Asked asked, List<Verdict.Masked> masked)
      throws UnreachedException {
    Catalog catalog = catalog(asked.target().name(), asked.database());
    Analysed analysed = analysed(asked.target().name(), asked.database(), asked.statement());
    return Preview.of(
        catalog,
        analysed.lineage(),
        Guards.of(policy, asked.caller(), asked.target(), asked.database(), catalog, analysed),
        masked,
        fitting(policy, asked, catalog));
  }

  /** Types are asked for where the server numbers them. */
  private Preview.Fitting fitting(Policy policy, Asked asked, Catalog catalog)
      throws UnreachedException {
    if (destination(asked.target().name()).protocol() != Protocol.POSTGRESQL) {
      return (_, _) -> Optional.empty();
    }
    ColumnTypes types = columnTypes(asked.target().name(), asked.database());
    return new MaskFit(policy, materials.maskKeys(), catalog, types)::problem;
  }

  /**
   * The masks of a policy that are not defined for columns they are for; see {@link MaskReview}.
   */
  public MaskReview review(Policy policy, Set<String> databases) {
    MaskReview review = new MaskReview(policy);
    for (MaskReview.Place place : MaskReview.places(materials.routes(), databases)) {
      try {
        Catalog catalog = catalog(place.target(), place.database());
        ColumnTypes types = columnTypes(place.target(), place.database());
        review.add(place, new MaskFit(policy, materials.maskKeys(), catalog, types));
      } catch (UnreachedException e) {
        review.failed(place, String.valueOf(e.getMessage()));
      }
    }
    MaskReview.unnamed(materials.routes(), databases).forEach(review::unnamed);
    return review;
  }

  /**
   * The database that a target opens: the one of its configuration, or else the one that is named.
   */
  public Optional<String> database(String target, Optional<String> named) throws StartException {
    try {
      Destination destination = destination(target);
      return destination.clientChoosesDatabase()
          ? named
          : Optional.of(destination.upstream().database());
    } catch (UnreachedException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Proposes tags for columns of a database; see {@link TargetScan}.
   *
   * @param rows the most of each table
   */
  public Scan scan(String target, String database, int rows) throws StartException {
    try {
      return TargetScan.run(
          doors.postgres(),
          upstream(target, database),
          catalog(target, database),
          new TargetScan.Bounds(rows, limits.intOf(Limit.CATALOG_ROWS)));
    } catch (UnreachedException | TargetScan.FailedException e) {
      throw new StartException(
          "database " + database + " of target " + target + " was not scanned: " + e.getMessage(),
          e);
    }
  }

  private boolean read(String target) throws UnreachedException {
    return Understanding.catalogued(destination(target).protocol());
  }

  /** What the target speaks; empty if the configuration has none of this name. */
  public Optional<Target.Protocol> protocol(String target) {
    return Optional.ofNullable(materials.routes().targets().get(target)).map(Destination::protocol);
  }

  private Destination destination(String target) throws UnreachedException {
    @Nullable Destination destination = materials.routes().targets().get(target);
    if (destination == null) {
      throw new UnreachedException("the configuration has no target \"" + target + "\"");
    }
    return destination;
  }

  private Upstream upstream(String target, String database) throws UnreachedException {
    return destination(target).opening(database);
  }

  private Catalog catalog(String target, String database) throws UnreachedException {
    if (!read(target)) {
      throw new UnreachedException(
          "the gate does not read catalogs of " + destination(target).protocol() + " yet");
    }
    return await(catalogs.fresh(upstream(target, database)));
  }

  private ColumnTypes columnTypes(String target, String database) throws UnreachedException {
    return await(
        ColumnTypes.read(
            doors.postgres(),
            upstream(target, database),
            limits.intOf(Limit.CATALOG_ROWS),
            limits.secondsOf(Limit.CATALOG_SECONDS)));
  }

  private <T> T await(CompletionStage<T> stage) throws UnreachedException {
    try {
      return stage.toCompletableFuture().get(limits.of(Limit.CATALOG_SECONDS), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UnreachedException("the target was not reached: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachedException("interrupted");
    }
  }

  private CompletionStage<Rows> ask(Upstream upstream, Statement statement) {
    return doors.run(materials.routes().protocol(upstream.target()), upstream, statement);
  }

  private Analysed analysed(String target, String database, String statement)
      throws UnreachedException {
    SqlDialect dialect = dialects.of(destination(target).protocol());
    Catalog catalog = catalog(target, database);
    NameState names = names(dialect, upstream(target, database));
    List<Analysed> statements = dialect.analyse(statement, new Scene(catalog, names, true, true));
    return statements.size() == 1
        ? statements.getFirst()
        : Analysed.notUnderstood(
            "it is " + statements.size() + " statements; give them one by one");
  }

  /** As they are in a session that has only begun. */
  private NameState names(SqlDialect dialect, Upstream upstream) throws UnreachedException {
    NamesQuestion question = dialect.namesQuestion().orElseThrow();
    Rows rows =
        await(
            ask(
                upstream,
                new Statement(
                    question.sql(), question.maxRows(), limits.secondsOf(Limit.CATALOG_SECONDS))));
    NamesQuestion.Told told =
        question
            .told(rows.rows())
            .orElseThrow(() -> new UnreachedException("the target told nothing of its sessions"));
    return new NameState.Known(told.path(), told.user(), Set.of(), Set.of(), told.settings());
  }

  @Override
  public void close() {
    catalogs.close();
    analyses.close();
    transport.close();
    held.close();
    materials.maskKeys().close();
  }
}
