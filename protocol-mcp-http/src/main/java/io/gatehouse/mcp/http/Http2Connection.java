package io.gatehouse.mcp.http;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.LoginRequest.TlsFacts;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.net.Door;
import io.gatehouse.spi.net.Limit;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection over HTTP/2 and its streams, each of which is an exchange. On its event loop. The
 * floods that the protocol invites are bounded: frames that cost the gate more than the client end
 * the connection.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Door.Guest {
  private static final int MOST_RESETS = 200;
  private static final int RESET_SECONDS = 30;
  private static final int MOST_SMALL_CONTINUATIONS = 16;
  private static final int MOST_EMPTY_DATA = 4;
  private static final int MOST_CONTROL_FRAMES = 1_000;

  /** RFC 9113, section 6.5.2: what each field counts beside its own length. */
  private static final int FIELD_OVERHEAD = 32;

  private final HttpDoor front;
  private final Optional<TlsFacts> tls;
  private final Deadline deadline = new Deadline();
  private final Deadline stalled = new Deadline();
  private int streams;
  private @Nullable CloseReason reason;
  private @Nullable ChannelHandlerContext context;

  private Http2Connection(HttpDoor front, Optional<TlsFacts> tls) {
    this.front = front;
    this.tls = tls;
  }

  /** Takes the place of the handler of that context. */
  static void begin(HttpDoor front, Optional<TlsFacts> tls, ChannelHandlerContext reception) {
    Http2Connection connection = new Http2Connection(front, tls);
    ChannelInitializer<Channel> streams =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel stream) {
            stream.pipeline().addLast(new Http2Stream(connection));
          }
        };
    reception
        .pipeline()
        .addLast(new Farewell(), codec(front), new Http2MultiplexHandler(streams), connection)
        .remove(reception.handler());
    reception.channel().config().setAutoRead(true);
  }

  private static Http2FrameCodec codec(HttpDoor front) {
    long list =
        front.limits().of(Limit.HTTP_HEADER_BYTES)
            + FIELD_OVERHEAD * front.limits().of(Limit.HTTP_HEADERS);
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(front.limits().of(Limit.HTTP_STREAMS))
                .maxHeaderListSize(list))
        .validateHeaders(true)
        .decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_SECONDS)
        .encoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_SECONDS)
        .decoderEnforceMaxSmallContinuationFrames(MOST_SMALL_CONTINUATIONS)
        .decoderEnforceMaxConsecutiveEmptyDataFrames(MOST_EMPTY_DATA)
        .encoderEnforceMaxQueuedControlFrames(MOST_CONTROL_FRAMES)
        .gracefulShutdownTimeoutMillis(front.limits().of(Limit.DRAIN_SECONDS) * 1_000)
        .build();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    deadline.in(
        front.limits().of(Limit.HTTP_HEAD_SECONDS), added, () -> idle(Limit.HTTP_HEAD_SECONDS));
    front.entered(added.channel(), this);
  }

  private void idle(Limit limit) {
    front.meters().limitReached(limit);
    leave(limit == Limit.HTTP_IDLE_SECONDS ? CloseReason.CLIENT_IDLE : CloseReason.LOGIN_TIMED_OUT);
  }

  HttpDoor front() {
    return front;
  }

  Optional<TlsFacts> tls() {
    return tls;
  }

  InetSocketAddress source() {
    Channel channel = channel();
    return (InetSocketAddress) channel.remoteAddress();
  }

  private Channel channel() {
    if (context == null) {
      throw new IllegalStateException("the connection has not begun");
    }
    return context.channel();
  }

  /** A stream has begun. */
  void begun() {
    front.unfinished().finished(channel());
    deadline.none();
    streams++;
  }

  void ended() {
    streams--;
    if (streams == 0 && context != null && context.channel().isActive()) {
      deadline.in(
          front.limits().of(Limit.HTTP_IDLE_SECONDS), context, () -> idle(Limit.HTTP_IDLE_SECONDS));
    }
  }

  /** Says so to the client, and goes when the streams that there are have ended. */
  private void leave(CloseReason why) {
    because(why);
    if (context != null) {
      context.close();
    }
  }

  private void because(CloseReason why) {
    if (reason == null) {
      reason = why;
    }
  }

  /** At once. */
  private void close(CloseReason why) {
    because(why);
    if (context != null) {
      ChannelHandlerContext codec = context.pipeline().context(Http2FrameCodec.class);
      if (codec != null) {
        codec.close();
      }
    }
  }

  /** Frames of the connection, such as settings, which the codec has dealt with. */
  @Override
  public void channelRead(ChannelHandlerContext on, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext on) throws Exception {
    if (on.channel().isWritable()) {
      stalled.none();
    } else if (!stalled.waits()) {
      stalled.in(front.limits().of(Limit.CLIENT_STALLED_SECONDS), on, this::stalls);
    }
    super.channelWritabilityChanged(on);
  }

  /** The client does not take what it asked for. */
  void stalls() {
    front.meters().limitReached(Limit.CLIENT_STALLED_SECONDS);
    close(CloseReason.CLIENT_TOO_SLOW);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext on, Object event) {
    if (event instanceof SslCloseCompletionEvent) {
      close(CloseReason.CLIENT_DISCONNECTED);
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext on) throws Exception {
    deadline.none();
    stalled.none();
    front.left(on.channel(), reason == null ? CloseReason.CLIENT_DISCONNECTED : reason);
    super.channelInactive(on);
  }

  /** Without the message, which may quote what came. The codec says what is wrong by GOAWAY. */
  @Override
  public void exceptionCaught(ChannelHandlerContext on, Throwable cause) {
    leave(CloseReason.CLIENT_VIOLATED_PROTOCOL);
  }

  @Override
  public void drain() {
    onLoop(_ -> leave(CloseReason.DRAINED));
  }

  @Override
  public void kill(Refusal refusal, CloseReason why) {
    onLoop(_ -> close(why));
  }

  private void onLoop(Consumer<ChannelHandlerContext> action) {
    ChannelHandlerContext on = context;
    if (on != null) {
      on.executor().execute(() -> action.accept(on));
    }
  }
}
