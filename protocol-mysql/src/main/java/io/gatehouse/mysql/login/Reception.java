package io.gatehouse.mysql.login;

import io.gatehouse.mysql.MysqlListener;
import io.gatehouse.mysql.cancel.CancelDesk;
import io.gatehouse.mysql.relay.Greeted;
import io.gatehouse.mysql.upstream.Connector;
import io.gatehouse.mysql.upstream.ServerConnection;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.net.Door;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** What every login of a listener needs. Thread-safe. */
public interface Reception {

  MysqlListener listener();

  /** Where they come in. */
  Door<?, ?> door();

  /** Asks the engine to take on a client, with a handle on its session. */
  GateSession open(Arrival arrival, Channel client);

  Limits limits();

  Meters meters();

  Connector connector();

  /** Gives out the numbers of greetings, and finds who has one. */
  CancelDesk cancels();

  /** For key derivation: it costs processor time. */
  Executor computing();

  /** The next session's number. */
  AtomicLong sessionNumbers();

  /** A login failed because of the server; the reason is for the log, not for the client. */
  void upstreamFailed(String reason);

  /**
   * Both logins are done and the client was told so.
   *
   * @param client the login's context, whose handler leaves the pipeline afterwards
   * @param greeted what the client was told and took up
   */
  void relay(
      ChannelHandlerContext client, ServerConnection server, GateSession gate, Greeted greeted);
}
