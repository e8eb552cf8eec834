package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogReader;
import io.gatehouse.appliance.catalog.LiveCatalogs;
import io.gatehouse.appliance.config.ConfigFile;
import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.engine.Analyses;
import io.gatehouse.appliance.engine.Engine;
import io.gatehouse.appliance.engine.Routes.Destination;
import io.gatehouse.appliance.policy.CommandReader;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Command;
import io.gatehouse.postgres.PostgresProtocol;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements as a fresh session of a configured target would have them read: with its
 * catalog, through the held credential. For the command line; used from one thread.
 */
public final class TargetStatements implements CommandReader, AutoCloseable {
  private final Materials materials;
  private final Limits limits;
  private final Transport transport;
  private final Analyses analyses;
  private final LiveCatalogs catalogs;

  private TargetStatements(GatehouseConfig config, Materials materials) {
    this.materials = materials;
    this.limits = config.limits();
    transport = new Transport(1);
    analyses = new Analyses(1, 16, Duration.ofSeconds(limits.of(Limit.CATALOG_SECONDS)));
    Engine nobody = new Engine(materials::users, materials::routes, Optional.empty(), false);
    PostgresProtocol postgres = new PostgresProtocol(transport, nobody, limits, Meters.NONE);
    Duration never = Duration.ofDays(1);
    catalogs =
        new LiveCatalogs(
            new CatalogReader(
                postgres,
                analyses.executor(),
                limits.intOf(Limit.CATALOG_ROWS),
                limits.secondsOf(Limit.CATALOG_SECONDS)),
            new LiveCatalogs.Settings(never, never, never, limits.intOf(Limit.CATALOGS)),
            System::nanoTime,
            analyses::after);
  }

  /** Reads the configuration; targets are asked when a statement needs them. */
  public static TargetStatements open(Path file, Environment environment)
      throws InvalidFileException, StartException {
    GatehouseConfig config = ConfigFile.load(file, environment);
    try {
      return new TargetStatements(config, Materials.load(config));
    } catch (Materials.UnusableException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Command read(String target, String database, String statement) {
    @Nullable Destination destination = materials.routes().targets().get(target);
    if (destination == null) {
      return Command.notUnderstood("the configuration has no target \"" + target + "\"");
    }
    Upstream upstream = destination.opening(database);
    try {
      Catalog catalog =
          catalogs
              .fresh(upstream)
              .toCompletableFuture()
              .get(limits.of(Limit.CATALOG_SECONDS), TimeUnit.SECONDS);
      return command(statement, catalog);
    } catch (ExecutionException | TimeoutException e) {
      return Command.notUnderstood("the target was not reached: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Command.notUnderstood("interrupted");
    }
  }

  private static Command command(String statement, Catalog catalog) {
    NameState names = new NameState.Known(catalog.defaultSearchPath(), catalog.user(), Set.of());
    List<Analysed> statements =
        new PostgresDialect().analyse(statement, new Scene(catalog, names, true, true));
    return statements.size() == 1
        ? statements.getFirst().command()
        : Command.notUnderstood("it is " + statements.size() + " statements; give them one by one");
  }

  @Override
  public void close() {
    catalogs.close();
    analyses.close();
    transport.close();
  }
}
