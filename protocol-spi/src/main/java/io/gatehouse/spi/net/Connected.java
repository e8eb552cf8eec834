package io.gatehouse.spi.net;

import io.netty.channel.Channel;

/** A connection that is logged in to a server. */
public interface Connected {

  Channel channel();
}
