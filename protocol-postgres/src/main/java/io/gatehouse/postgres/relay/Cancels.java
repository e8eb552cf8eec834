package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.upstream.ServerConnection;

/** Cancels of what the server runs. Owned by the session's event loop. */
final class Cancels {
  private final Session session;
  private final ServerConnection upstream;
  private final Surroundings surroundings;
  private int inFlight;

  Cancels(Session session, ServerConnection upstream, Surroundings surroundings) {
    this.session = session;
    this.upstream = upstream;
    this.surroundings = surroundings;
  }

  boolean underWay() {
    return inFlight > 0;
  }

  /**
   * Until the server closed the cancel's connection nothing new is forwarded, so that a late cancel
   * cannot hit a later command.
   */
  void send() {
    inFlight++;
    surroundings
        .connector()
        .cancel(upstream)
        .whenComplete(
            (_, failure) -> session.client().eventLoop().execute(() -> answered(failure == null)));
  }

  private void answered(boolean delivered) {
    inFlight--;
    if (delivered) {
      surroundings.meters().cancelDelivered();
    }
    session.cancelled();
  }
}
