package io.gatehouse.postgres.upstream;

import io.gatehouse.postgres.message.SslRequest;
import io.gatehouse.spi.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Turns a plain connection into a TLS one ("Message Flow", SSL Session Encryption) and leaves the
 * pipeline. Never falls back to plain text.
 */
final class TlsRequest extends ChannelInboundHandlerAdapter {
  private final Upstream.Tcp endpoint;
  private final SslContext tls;
  private final long seconds;
  private final CompletableFuture<Channel> result;

  TlsRequest(
      Upstream.Tcp endpoint, SslContext tls, long seconds, CompletableFuture<Channel> result) {
    this.endpoint = endpoint;
    this.tls = tls;
    this.seconds = seconds;
    this.result = result;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ByteBuf request = context.alloc().buffer();
    new SslRequest().encode(request);
    context.writeAndFlush(request);
    var timeout =
        context
            .executor()
            .schedule(
                () -> fail(context, "it did not answer in " + seconds + " seconds"),
                seconds,
                TimeUnit.SECONDS);
    result.whenComplete((_, _) -> timeout.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf answer = (ByteBuf) message;
    try {
      // Whatever stands behind the answer came before the keys: somebody put it there.
      if (answer.readableBytes() != 1) {
        fail(context, "it sent more than the answer to SSLRequest");
      } else if (answer.readByte() != 'S') {
        fail(context, "it does not offer TLS; turn on ssl there, or allow plain text here");
      } else {
        shakeHands(context);
      }
    } finally {
      answer.release();
    }
  }

  private void shakeHands(ChannelHandlerContext context) {
    SslHandler handler = tls.newHandler(context.alloc(), endpoint.host(), endpoint.port());
    handler.setHandshakeTimeout(seconds, TimeUnit.SECONDS);
    context.pipeline().addFirst(handler);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (done.isSuccess()) {
        context.channel().config().setAutoRead(false);
        context.pipeline().remove(this);
        if (!result.complete(context.channel())) {
          context.close();
        }
      } else {
        fail(context, "the handshake failed: " + done.cause().getMessage());
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, "it closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, String.valueOf(cause.getMessage()));
  }

  private void fail(ChannelHandlerContext context, String reason) {
    result.completeExceptionally(
        new ConnectFailure(
            "no TLS with " + endpoint.host() + ":" + endpoint.port() + ": " + reason));
    context.close();
  }
}
