package io.gatehouse.mysql.upstream;

import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.HandshakeV10;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Connected;
import io.netty.channel.Channel;

/**
 * A connection that is logged in and ready.
 *
 * @param channel not reading until its new owner says so
 * @param upstream where it leads
 * @param greeting how the server introduced itself
 * @param spoken what both sides can do
 * @param ok the server's last word of the login, with the session's state
 */
public record ServerConnection(
    Channel channel, Upstream upstream, HandshakeV10 greeting, Capabilities spoken, OkPacket ok)
    implements Connected {

  @Override
  public String toString() {
    return "ServerConnection["
        + upstream.target()
        + ", connection "
        + Integer.toUnsignedString(greeting.connectionId())
        + "]";
  }
}
