package io.gatehouse.postgres.login;

import io.gatehouse.postgres.PostgresListener;
import io.gatehouse.postgres.SessionHandle;
import io.gatehouse.postgres.cancel.CancelDesk;
import io.gatehouse.postgres.relay.Session;
import io.gatehouse.postgres.relay.Surroundings;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.net.Door;
import java.util.concurrent.atomic.AtomicLong;

/** What every login of a listener needs. Thread-safe. */
public interface Reception extends Surroundings {

  PostgresListener listener();

  /** Where they come in. */
  Door<?, ?> door();

  Gate gate();

  CancelDesk cancels();

  /** The next session's number. */
  AtomicLong sessionNumbers();

  /** The session relays from now on. */
  void started(Session session, SessionHandle handle, CancelDesk.Ticket ticket);

  /** A login failed because of the server; the reason is for the log, not for the client. */
  void upstreamFailed(String reason);
}
