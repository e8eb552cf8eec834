package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.identity.Users;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.SessionControl;
import java.util.function.Supplier;

/** The gate: users of the users file, each command allowed, each command logged. Thread-safe. */
public final class Engine implements Gate {
  private final Supplier<Users> users;
  private final Supplier<Routes> routes;
  private final boolean logsCommands;

  /** Users and routes are asked for at each login, so that a reload holds from the next one on. */
  public Engine(Supplier<Users> users, Supplier<Routes> routes, boolean logsCommands) {
    this.users = users;
    this.routes = routes;
    this.logsCommands = logsCommands;
  }

  @Override
  public GateSession open(Arrival arrival, SessionControl control) {
    return new EngineSession(users, routes, new CommandLog(arrival, logsCommands));
  }
}
