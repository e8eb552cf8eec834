package io.gatehouse.appliance.engine;

import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.Upstream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which target serves which database of which listener, at one moment. Immutable.
 *
 * @param byListener listener to database to target; the database {@link #ANY} is any other
 * @param targets the targets by name
 */
public record Routes(
    Map<String, Map<String, String>> byListener, Map<String, Destination> targets) {

  /** The database name that stands for any other. */
  public static final String ANY = "*";

  /**
   * A target without a database.
   *
   * @param upstream its database is the one to open, unless the client's choice counts
   * @param clientChoosesDatabase whether the name the client asked for is opened there
   */
  public record Destination(Upstream upstream, boolean clientChoosesDatabase) {

    /** With the database to open, if the client's choice counts. */
    public Upstream opening(String database) {
      return clientChoosesDatabase
          ? new Upstream(
              upstream.target(),
              upstream.endpoint(),
              upstream.credential(),
              database,
              upstream.role(),
              upstream.parameters())
          : upstream;
    }
  }

  public Routes {
    Map<String, Map<String, String>> copy = new HashMap<>();
    byListener.forEach((listener, databases) -> copy.put(listener, Map.copyOf(databases)));
    byListener = Map.copyOf(copy);
    targets = Map.copyOf(targets);
  }

  Route route(String listener, String database) {
    return target(listener, database)
        .map(destination -> (Route) new Route.To(destination.opening(database)))
        .orElseGet(() -> unknown(database));
  }

  private Optional<Destination> target(String listener, String database) {
    Map<String, String> databases = byListener.getOrDefault(listener, Map.of());
    // A client cannot ask for "any other" by its sign: no such name was given by the operator.
    @Nullable String name = database.equals(ANY) ? null : databases.get(database);
    @Nullable String target = name != null ? name : databases.get(ANY);
    return target == null ? Optional.empty() : Optional.ofNullable(targets.get(target));
  }

  private static Route unknown(String database) {
    return new Route.Refused(
        Refusal.of(
                Refusal.Kind.UNKNOWN_TARGET,
                "database \"" + database + "\" is not served on this listener")
            .withHint("Ask the operator of this gate which databases it serves."));
  }
}
