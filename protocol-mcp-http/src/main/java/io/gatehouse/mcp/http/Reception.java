package io.gatehouse.mcp.http;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.TlsFacts;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees a connection through its TLS handshake and gives it to the version of HTTP that was agreed
 * on. On the client's event loop.
 */
final class Reception extends ChannelInboundHandlerAdapter {
  private final HttpDoor front;
  private final @Nullable SslContext tls;
  private final Deadline deadline = new Deadline();
  private CloseReason reason = CloseReason.CLIENT_DISCONNECTED;

  Reception(HttpDoor front, @Nullable SslContext tls) {
    this.front = front;
    this.tls = tls;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    front.meters().accepted(front.name());
    if (!front.hasRoom()) {
      front.meters().limitReached(Limit.SESSIONS);
      leave(context, CloseReason.LIMIT_REACHED);
      return;
    }
    front.unfinished().arrived(context.channel());
    if (tls == null) {
      goOn(context, Optional.empty(), false);
      return;
    }
    long seconds = front.limits().of(Limit.HTTP_HEAD_SECONDS);
    deadline.in(
        seconds,
        context,
        () -> {
          front.meters().limitReached(Limit.HTTP_HEAD_SECONDS);
          leave(context, CloseReason.LOGIN_TIMED_OUT);
        });
    SslHandler handler = tls.newHandler(context.alloc());
    handler.setHandshakeTimeoutMillis(0);
    context.pipeline().addFirst(handler);
    context.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (done.isSuccess()) {
        SslHandler handler = context.pipeline().get(SslHandler.class);
        boolean two = "h2".equals(handler.applicationProtocol());
        goOn(context, Optional.of(TlsFacts.of(context.pipeline())), two);
      } else {
        leave(context, CloseReason.TLS_FAILED);
      }
    }
  }

  private void goOn(
      ChannelHandlerContext context, Optional<LoginRequest.TlsFacts> facts, boolean two) {
    deadline.none();
    if (two) {
      Http2Connection.begin(front, facts, context);
    } else {
      context.pipeline().replace(this, null, new Http1Connection(front, facts));
    }
  }

  private void leave(ChannelHandlerContext context, CloseReason why) {
    if (reason == CloseReason.CLIENT_DISCONNECTED) {
      reason = why;
    }
    context.close();
  }

  /** Only what did not go on: the next handler tells of the others. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadline.none();
    front.left(context.channel(), reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    leave(context, CloseReason.TLS_FAILED);
  }
}
