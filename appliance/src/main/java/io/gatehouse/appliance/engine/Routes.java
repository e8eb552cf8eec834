package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.identity.CallerTag;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Target;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
   * @param protocol what it speaks
   * @param upstream its database is the one to open, unless the client's choice counts
   * @param clientChoosesDatabase whether the name the client asked for is opened there
   * @param accounts for some callers, the first that fits; the upstream's own is for all others
   * @param sql the arguments of its tools that are SQL
   */
  public record Destination(
      Target.Protocol protocol,
      Upstream upstream,
      boolean clientChoosesDatabase,
      List<Account> accounts,
      List<SqlArgument> sql) {
    public Destination {
      accounts = List.copyOf(accounts);
      sql = List.copyOf(sql);
    }

    /** No argument of it is SQL. */
    public Destination(
        Target.Protocol protocol,
        Upstream upstream,
        boolean clientChoosesDatabase,
        List<Account> accounts) {
      this(protocol, upstream, clientChoosesDatabase, accounts, List.of());
    }

    /** With the database to open, if the client's choice counts; by the target's own account. */
    public Upstream opening(String database) {
      return CallerTag.ofGate(untold(database));
    }

    private Upstream untold(String database) {
      Upstream now = upstream.current();
      return clientChoosesDatabase
          ? new Upstream(
              now.target(),
              now.endpoint(),
              now.credential(),
              database,
              now.role(),
              now.parameters())
          : now;
    }

    /** The same by the account that is for the caller. */
    Upstream opening(String database, Caller caller) {
      Upstream own = untold(database);
      return CallerTag.of(
          accounts.stream()
              .filter(account -> account.isFor(caller))
              .findFirst()
              .map(account -> account.instead(own))
              .orElse(own),
          caller);
    }
  }

  /**
   * Who the gate is on a target for some callers.
   *
   * @param groups one of them is enough
   * @param subjects one of them is enough, too
   * @param role what is taken on after login; null for the credential's own
   */
  public record Account(
      Set<String> groups, Set<String> subjects, Credential credential, @Nullable String role) {
    public Account {
      groups = Set.copyOf(groups);
      subjects = Set.copyOf(subjects);
    }

    boolean isFor(Caller caller) {
      return subjects.contains(caller.subject())
          || groups.stream().anyMatch(caller.groups()::contains);
    }

    Upstream instead(Upstream own) {
      return new Upstream(
              own.target(), own.endpoint(), credential, own.database(), role, own.parameters())
          .current();
    }
  }

  /**
   * Where a session goes.
   *
   * @param protocol what the target speaks
   * @param upstream by the caller's account
   * @param survey by the target's own account, through which its definitions are read for all
   * @param sql the arguments of its tools that are SQL
   */
  record Passage(
      Target.Protocol protocol, Upstream upstream, Upstream survey, List<SqlArgument.Placed> sql) {
    Passage {
      sql = List.copyOf(sql);
    }

    /** No argument of it is SQL. */
    Passage(Target.Protocol protocol, Upstream upstream, Upstream survey) {
      this(protocol, upstream, survey, List.of());
    }

    Target target() {
      return new Target(upstream.target(), protocol);
    }

    /** What a fresh session of another login takes names for is not what the survey found. */
    boolean otherLogin() {
      return !upstream.credential().user().equals(survey.credential().user())
          || upstream.credential().keeper().changesUser();
    }
  }

  public Routes {
    Map<String, Map<String, String>> copy = new HashMap<>();
    byListener.forEach((listener, databases) -> copy.put(listener, Map.copyOf(databases)));
    byListener = Map.copyOf(copy);
    targets = Map.copyOf(targets);
  }

  /** What a target speaks; there must be one of that name. */
  public Target.Protocol protocol(String target) {
    return Optional.ofNullable(targets.get(target))
        .map(Destination::protocol)
        .orElseThrow(() -> new IllegalArgumentException("no target of that name"));
  }

  /** Empty where nothing of that name is served. */
  Optional<Passage> passage(String listener, String database, Caller caller) {
    return target(listener, database)
        .map(
            destination ->
                new Passage(
                    destination.protocol(),
                    destination.opening(database, caller),
                    destination.opening(database),
                    destination.sql().stream().map(this::placed).toList()));
  }

  private SqlArgument.Placed placed(SqlArgument argument) {
    return new SqlArgument.Placed(argument, argument.meant().map(this::survey).orElse(null));
  }

  private Upstream survey(CatalogKey meant) {
    return Optional.ofNullable(targets.get(meant.target()))
        .map(destination -> destination.opening(meant.database()))
        .orElseThrow(() -> new IllegalArgumentException("no target of that name"));
  }

  /**
   * The database that somebody means who names none, which not every protocol asks for: the only
   * one, or nothing.
   */
  String meant(String listener, String database) {
    Set<String> served = byListener.getOrDefault(listener, Map.of()).keySet();
    return database.isEmpty() && served.size() == 1 && !served.contains(ANY)
        ? served.iterator().next()
        : database;
  }

  private Optional<Destination> target(String listener, String database) {
    Map<String, String> databases = byListener.getOrDefault(listener, Map.of());
    if (database.isEmpty()) {
      return Optional.empty();
    }
    // A client cannot ask for "any other" by its sign: no such name was given by the operator.
    @Nullable String name = database.equals(ANY) ? null : databases.get(database);
    @Nullable String target = name != null ? name : databases.get(ANY);
    return target == null ? Optional.empty() : Optional.ofNullable(targets.get(target));
  }

  static Route unknown(String database) {
    if (database.isEmpty()) {
      return new Route.Refused(
          Refusal.of(
                  Refusal.Kind.UNKNOWN_TARGET,
                  "no database is named, and this listener has several")
              .withHint("Name the database to connect to."));
    }
    return new Route.Refused(
        Refusal.of(
                Refusal.Kind.UNKNOWN_TARGET,
                "database \"" + database + "\" is not served on this listener")
            .withHint("Ask the operator of this gate which databases it serves."));
  }
}
