package io.gatehouse.mysql.relay;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;

/** What a session needs of the listener it came through. Thread-safe. */
public interface Surroundings {

  Limits limits();

  Meters meters();

  /** The session is over. */
  void ended(Session session, CloseReason reason);
}
