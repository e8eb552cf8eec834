package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.upstream.Connector;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;

/** What a session shares with the others of its listener. Thread-safe. */
public interface Surroundings {

  Limits limits();

  Meters meters();

  CommandBudget budget();

  Connector connector();

  /** Whether clients may replicate. */
  boolean replication();

  /** The session is over. */
  void ended(Session session, CloseReason reason);
}
