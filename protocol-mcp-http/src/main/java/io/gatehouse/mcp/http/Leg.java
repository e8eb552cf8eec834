package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;

/** How one exchange is answered, in one version of HTTP. On its event loop. */
interface Leg {
  EventLoop loop();

  /** Head, body and end. Takes the body over; done when all of it has gone out. */
  ChannelFuture answer(int status, Headers headers, ByteBuf body);

  void begin(int status, Headers headers);

  /** Takes it over; done when it has gone out. */
  ChannelFuture part(ByteBuf part);

  void end();

  /** So that nobody takes what was sent for the whole. */
  void abort();

  boolean writable();
}
