package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.identity.guard.LoginGuard;
import io.gatehouse.appliance.session.LiveSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What is kept an eye on across sessions. Thread-safe.
 *
 * @param breakGlass run for each login by the users file, where that is the exception; on an event
 *     loop
 */
public record Watch(LiveSessions sessions, LoginGuard guard, Optional<Runnable> breakGlass) {

  /** Of a gate of its own, with limits that nobody gets to. */
  public static Watch alone() {
    return new Watch(
        new LiveSessions(Duration.ZERO, InstantSource.system()),
        LoginGuard.lenient(),
        Optional.empty());
  }
}
