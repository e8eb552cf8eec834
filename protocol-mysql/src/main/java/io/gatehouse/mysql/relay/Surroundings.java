package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.cancel.CancelDesk;
import io.gatehouse.mysql.upstream.Connector;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;

/** What a session needs of the listener it came through. Thread-safe. */
public interface Surroundings {

  Limits limits();

  Meters meters();

  /** For what the gate has to say to a server beside the session. */
  Connector connector();

  /** Finds the sessions that clients want ended. */
  CancelDesk cancels();

  /** The session is over. */
  void ended(Session session, CloseReason reason);
}
