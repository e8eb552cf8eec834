package io.gatehouse.appliance.desk;

import io.gatehouse.spi.net.Limit;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, one request. Owned by its event loop. What comes behind the request is thrown
 * away unread, and the connection ends with the answer.
 */
final class DeskConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger("desk");

  /**
   * Longer than all that an answer may wait for: keys, a check and three questions of the store.
   */
  private static final long ANSWER_SECONDS = 60;

  /** How long a peer may take to see that this is the end; without it an answer may be lost. */
  private static final long LINGER_SECONDS = 2;

  private final Desk.Setting setting;
  private final Counter counter;
  private final X509Certificate own;
  private Phase phase = new Phase.Head();
  private @Nullable Future<?> deadline;

  /** How far it is. */
  private sealed interface Phase {
    record Head() implements Phase {}

    /** The request, and of its body as much as came. */
    final class Body implements Phase {
      private final HttpRequest request;
      private final Place place;
      private byte[] bytes = new byte[0];

      Body(HttpRequest request, Place place) {
        this.request = request;
        this.place = place;
      }

      void add(HttpContent content) {
        int before = bytes.length;
        int more = content.content().readableBytes();
        byte[] longer = Arrays.copyOf(bytes, before + more);
        content.content().readBytes(longer, before, more);
        bytes = longer;
      }
    }

    record Waiting() implements Phase {}

    record Over() implements Phase {}
  }

  DeskConnection(Desk.Setting setting, Counter counter, X509Certificate own) {
    this.setting = setting;
    this.counter = counter;
    this.own = own;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long seconds = setting.limits().of(Limit.DESK_REQUEST_SECONDS);
    within(
        context,
        seconds,
        () -> {
          setting.metrics().limitReached(Limit.DESK_REQUEST_SECONDS);
          context.close();
        });
  }

  private void within(ChannelHandlerContext context, long seconds, Runnable otherwise) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline = context.executor().schedule(otherwise, seconds, TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      switch (phase) {
        case Phase.Head _ -> head(context, message);
        case Phase.Body body -> body(context, body, message);
        case Phase.Waiting _, Phase.Over _ -> {}
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HttpRequest request)) {
      answer(context, DeskAnswer.malformed("this is no request that can be understood"));
      return;
    }
    Place place = Place.of(request, counter.saml(), setting.limits());
    Optional<DeskAnswer> refused = Screening.check(request, own, place);
    if (refused.isPresent()) {
      count(refused.get(), place);
      answer(context, refused.get());
    } else {
      phase = new Phase.Body(request, place);
    }
  }

  private void count(DeskAnswer refused, Place place) {
    if (refused.status() == DeskAnswer.HEADERS_TOO_LARGE) {
      setting.metrics().limitReached(Limit.DESK_HEADER_BYTES);
    } else if (refused.status() == DeskAnswer.TOO_LARGE) {
      setting.metrics().limitReached(place.limit());
    }
  }

  private void body(ChannelHandlerContext context, Phase.Body body, Object message) {
    if (!(message instanceof HttpContent content) || content.decoderResult().isFailure()) {
      answer(context, DeskAnswer.malformed("the body cannot be understood"));
      return;
    }
    int length = body.bytes.length + content.content().readableBytes();
    if (length > body.place.mostBody()) {
      answer(context, Screening.tooLarge());
      return;
    }
    body.add(content);
    if (content instanceof LastHttpContent) {
      ask(context, asked(context, body));
    }
  }

  private static Asked asked(ChannelHandlerContext context, Phase.Body body) {
    Optional<Presented> presented =
        Optional.ofNullable(body.request.headers().get(HttpHeaderNames.AUTHORIZATION))
            .flatMap(Presented::read);
    String source =
        context.channel().remoteAddress() instanceof InetSocketAddress address
            ? address.getAddress().getHostAddress()
            : "unknown";
    return new Asked(
        body.request.method().name(), body.request.uri(), presented, body.bytes, source);
  }

  /** Nothing is read while it waits, so nothing piles up. */
  private void ask(ChannelHandlerContext context, Asked asked) {
    phase = new Phase.Waiting();
    context.channel().config().setAutoRead(false);
    within(context, ANSWER_SECONDS, context::close);
    counter
        .answer(asked)
        .whenComplete(
            (answer, problem) ->
                context
                    .executor()
                    .execute(
                        () ->
                            answer(
                                context,
                                problem == null
                                    ? answer
                                    : DeskAnswer.unavailable("this cannot be served now"))));
  }

  private void answer(ChannelHandlerContext context, DeskAnswer answer) {
    if (!context.channel().isActive()) {
      answer.wipe();
      return;
    }
    phase = new Phase.Over();
    setting.metrics().answered(answer.status());
    within(context, LINGER_SECONDS, context::close);
    context.channel().config().setAutoRead(true);
    context
        .writeAndFlush(response(answer))
        .addListener(
            sent -> {
              answer.wipe();
              end(context, sent.isSuccess());
            });
  }

  private static FullHttpResponse response(DeskAnswer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    response.headers().set("X-Content-Type-Options", "nosniff");
    response.headers().set("Content-Security-Policy", "default-src 'none'");
    if (answer.status() != DeskAnswer.NO_CONTENT) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    }
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    return response;
  }

  /** Says that nothing more comes, and waits a moment for the peer to say the same. */
  private static void end(ChannelHandlerContext context, boolean sent) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (!sent || tls == null) {
      context.close();
      return;
    }
    ChannelFuture said = tls.closeOutbound();
    said.addListener(
        done -> {
          if (!done.isSuccess()) {
            context.close();
          }
        });
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent) {
      context.close();
    }
  }

  /** Without the message, which may quote what came. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.atDebug().addKeyValue("exception", cause.getClass().getName()).log("connection failed");
    context.close();
  }
}
