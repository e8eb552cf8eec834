package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.cancel.CancelDesk;
import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.upstream.Connector;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.netty.channel.Channel;

/** What a session needs of the listener it came through. Thread-safe. */
public interface Surroundings {

  Limits limits();

  Meters meters();

  /** For what the gate has to say to a server beside the session. */
  Connector connector();

  /** Finds the sessions that clients want ended. */
  CancelDesk cancels();

  /**
   * The client wants to be somebody else, and its session is over for that. On the client's loop.
   *
   * @param before how it was received
   */
  void another(Channel client, ComChangeUser command, Greeted before);

  /** The session is over. */
  void ended(Session session, CloseReason reason);
}
