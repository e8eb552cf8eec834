package io.gatehouse.mcp.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection in two steps: says that nothing more comes, and waits a moment for the peer
 * to say the same. Who closes on a peer that still sends resets the connection, and the peer loses
 * what it has not read yet (RFC 9112, section 9.6). On an event loop.
 */
final class Farewell extends ChannelDuplexHandler {
  /** How long a peer may take to see that this is the end; without it an answer may be lost. */
  static final long LINGER_SECONDS = 2;

  private final Deadline deadline = new Deadline();
  private boolean parting;

  /** Says that nothing more comes. */
  static void say(ChannelHandlerContext on) {
    SslHandler handler = on.pipeline().get(SslHandler.class);
    on.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                on.close();
              } else if (handler != null) {
                handler.closeOutbound();
              } else {
                ((DuplexChannel) on.channel()).shutdownOutput();
              }
            });
  }

  @Override
  public void close(ChannelHandlerContext on, ChannelPromise promise) {
    boolean heard = on.channel().isActive() && on.channel().isWritable();
    if (parting || !heard) {
      on.close(promise);
      return;
    }
    parting = true;
    on.channel().closeFuture().addListener(_ -> promise.trySuccess());
    deadline.in(LINGER_SECONDS, on, on::close);
    say(on);
    on.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext on, Object message) {
    if (!parting) {
      on.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext on, Object event) {
    if (parting && event instanceof SslCloseCompletionEvent) {
      on.close();
    }
    on.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext on) {
    deadline.none();
    on.fireChannelInactive();
  }
}
