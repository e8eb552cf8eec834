package io.gatehouse.postgres.upstream;

import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Connected;
import io.netty.channel.Channel;
import java.util.Map;

/**
 * A connection that is logged in and ready.
 *
 * @param channel not reading until its new owner says so
 * @param upstream where it leads
 * @param processId the server's number for it
 * @param cancelKey what a cancel must prove; a secret
 * @param settings as the server reported them, in its order
 * @param greeting the reports and notices of the start, as frames for the client
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ServerConnection(
    Channel channel,
    Upstream upstream,
    int processId,
    byte[] cancelKey,
    Map<String, String> settings,
    byte[] greeting)
    implements Connected {

  @Override
  public String toString() {
    return "ServerConnection[" + upstream.target() + ", process " + processId + "]";
  }
}
