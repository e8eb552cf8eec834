package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.identity.Entrance;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.SessionControl;
import java.util.Optional;
import java.util.function.Supplier;

/** The gate: each login proved, each command decided, each command logged. Thread-safe. */
public final class Engine implements Gate {
  private final Entrance entrance;
  private final Supplier<Routes> routes;
  private final Optional<Court> court;
  private final Optional<Journal> journal;
  private final boolean logsCommands;
  private final Watch watch;

  /** One that watches over its own sessions alone. */
  public Engine(
      Entrance entrance,
      Supplier<Routes> routes,
      Optional<Court> court,
      Optional<Journal> journal,
      boolean logsCommands) {
    this(entrance, routes, court, journal, logsCommands, Watch.alone());
  }

  /**
   * Routes are asked for at each login, so that a reload holds from the next one on.
   *
   * @param court who decides commands; without one every command runs
   * @param journal where everything is put on record; without one nothing is
   */
  public Engine(
      Entrance entrance,
      Supplier<Routes> routes,
      Optional<Court> court,
      Optional<Journal> journal,
      boolean logsCommands,
      Watch watch) {
    this.entrance = entrance;
    this.routes = routes;
    this.court = court;
    this.journal = journal;
    this.logsCommands = logsCommands;
    this.watch = watch;
  }

  /** What a session is opened with. */
  record Login(
      Entrance entrance,
      Supplier<Routes> routes,
      Optional<Court> court,
      Optional<Journal> journal,
      Watch watch) {}

  @Override
  public GateSession open(Arrival arrival, SessionControl control) {
    return new EngineSession(
        new Login(entrance, routes, court, journal, watch),
        arrival,
        control,
        new CommandLog(arrival, logsCommands));
  }
}
