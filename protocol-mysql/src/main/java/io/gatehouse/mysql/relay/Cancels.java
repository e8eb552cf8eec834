package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.upstream.ServerConnection;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.net.Limit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Ends of what the server runs, by a connection of the gate's own. On the session's event loop. */
final class Cancels {
  private final Session session;
  private final ServerConnection server;
  private final Surroundings surroundings;
  private int inFlight;

  Cancels(Session session, ServerConnection server, Surroundings surroundings) {
    this.session = session;
    this.server = server;
    this.surroundings = surroundings;
  }

  boolean underWay() {
    return inFlight > 0;
  }

  /**
   * Until the server has answered nothing new is forwarded, so that a late cancel cannot hit a
   * later command.
   */
  void send() {
    inFlight++;
    run("KILL QUERY ").whenComplete((_, failure) -> onLoop(() -> answered(failure)));
  }

  /** The session is over: nobody waits for what it runs. */
  void leave() {
    run("KILL CONNECTION ");
  }

  private CompletableFuture<?> run(String what) {
    Duration time = surroundings.limits().secondsOf(Limit.CANCEL_SECONDS);
    String sql = what + Integer.toUnsignedString(server.greeting().connectionId());
    return GateQuery.run(
        surroundings.connector(),
        session.duplex().client().eventLoop(),
        server.upstream(),
        new Statement(sql, 0, time));
  }

  private void onLoop(Runnable action) {
    session.duplex().client().eventLoop().execute(action);
  }

  private void answered(@Nullable Throwable failure) {
    inFlight--;
    if (failure == null) {
      surroundings.meters().cancelDelivered();
    }
    if (!session.over()) {
      session.proceed();
    }
  }
}
