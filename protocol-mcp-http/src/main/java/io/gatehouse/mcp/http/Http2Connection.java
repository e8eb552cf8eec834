package io.gatehouse.mcp.http;

import io.gatehouse.spi.LoginRequest.TlsFacts;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;

final class Http2Connection {
  private Http2Connection() {}

  static void begin(HttpDoor front, Optional<TlsFacts> tls, ChannelHandlerContext context) {
    context.close();
  }
}
