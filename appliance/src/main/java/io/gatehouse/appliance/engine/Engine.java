package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.identity.Users;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.SessionControl;
import java.util.Optional;
import java.util.function.Supplier;

/** The gate: users of the users file, each command decided, each command logged. Thread-safe. */
public final class Engine implements Gate {
  private final Supplier<Users> users;
  private final Supplier<Routes> routes;
  private final Optional<Court> court;
  private final Optional<Journal> journal;
  private final boolean logsCommands;

  /**
   * Users and routes are asked for at each login, so that a reload holds from the next one on.
   *
   * @param court who decides commands; without one every command runs
   * @param journal where everything is put on record; without one nothing is
   */
  public Engine(
      Supplier<Users> users,
      Supplier<Routes> routes,
      Optional<Court> court,
      Optional<Journal> journal,
      boolean logsCommands) {
    this.users = users;
    this.routes = routes;
    this.court = court;
    this.journal = journal;
    this.logsCommands = logsCommands;
  }

  /** What a session is opened with. */
  record Login(
      Supplier<Users> users,
      Supplier<Routes> routes,
      Optional<Court> court,
      Optional<Journal> journal) {}

  @Override
  public GateSession open(Arrival arrival, SessionControl control) {
    return new EngineSession(
        new Login(users, routes, court, journal),
        arrival,
        control,
        new CommandLog(arrival, logsCommands));
  }
}
