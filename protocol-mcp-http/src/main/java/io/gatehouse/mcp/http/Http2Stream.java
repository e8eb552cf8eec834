package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.BrokenMessage;
import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One stream: one exchange, and how it is answered. On its connection's event loop. */
final class Http2Stream extends ChannelInboundHandlerAdapter implements Leg {

  /** How far it is. */
  private sealed interface Phase {
    record Head() implements Phase {}

    record Content(RequestHead head, Place place, Body body) implements Phase {}

    record Asked(Exchange exchange) implements Phase {}

    record Over() implements Phase {}
  }

  private static final long LINGER_SECONDS = 2;

  private final Http2Connection connection;
  private final Deadline deadline = new Deadline();
  private final Deadline stalled = new Deadline();
  private Phase phase = new Phase.Head();
  private boolean whole;
  private Headers beside = Headers.NONE;
  private @Nullable ChannelHandlerContext context;

  Http2Stream(Http2Connection connection) {
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("the stream has not begun");
    }
    return context;
  }

  @Override
  public void channelActive(ChannelHandlerContext on) {
    connection.begun();
  }

  @Override
  public void channelRead(ChannelHandlerContext on, Object message) {
    try {
      switch (message) {
        case Http2HeadersFrame headers -> headers(headers);
        case Http2DataFrame data -> data(data);
        default -> {}
      }
    } catch (BrokenMessage broken) {
      refuse(Refused.broken(broken));
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void headers(Http2HeadersFrame frame) {
    whole |= frame.isEndStream();
    if (phase instanceof Phase.Content) {
      refuse(Refused.malformed("trailers are not taken"));
      return;
    }
    if (!(phase instanceof Phase.Head)) {
      return;
    }
    RequestHead head = Http2Head.read(frame.headers(), connection.front().limits());
    beside = connection.front().admission().beside(head);
    switch (connection.front().admission().check(head, Http2Head.framing(head, whole))) {
      case Admission.Verdict.No(Refused refused) -> refuse(refused);
      case Admission.Verdict.Told(ProtectedResource resource) -> Dress.tell(this, resource);
      case Admission.Verdict.Preflight(Headers told) -> Dress.preflight(this, told);
      case Admission.Verdict.Pass(Place place, _) -> pass(head, place);
    }
  }

  private void pass(RequestHead head, Place place) {
    phase = new Phase.Content(head, place, connection.front().body(context().channel()));
    if (whole) {
      ask();
      return;
    }
    if (head.headers().has("expect")) {
      context()
          .writeAndFlush(
              new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("100"), false));
    }
    deadline.in(
        connection.front().limits().of(Limit.HTTP_BODY_SECONDS),
        context(),
        () -> refuse(Refused.of(408, "the request took too long", Limit.HTTP_BODY_SECONDS)));
  }

  private void data(Http2DataFrame frame) {
    whole |= frame.isEndStream();
    if (phase instanceof Phase.Content(_, _, Body body)) {
      Refused refused = body.add(frame.content().retain());
      if (refused != null) {
        refuse(refused);
      } else if (whole) {
        ask();
      }
    }
  }

  private void ask() {
    if (phase instanceof Phase.Content(RequestHead head, Place place, Body body)) {
      deadline.none();
      Exchange exchange =
          new Exchange(
              this, new Exchange.Arrival(head, place, connection.tls(), connection.source()), body);
      phase = new Phase.Asked(exchange);
      connection.front().desk().asked(exchange);
    }
  }

  private void refuse(Refused refused) {
    if (phase instanceof Phase.Content(_, _, Body body)) {
      body.close();
    }
    connection.front().refused(refused);
    Dress.refuse(this, refused);
  }

  @Override
  public EventLoop loop() {
    return context().channel().eventLoop();
  }

  @Override
  public ChannelFuture answer(int status, Headers headers, ByteBuf body) {
    ChannelFuture sent;
    Headers all = Dress.of(headers.and(beside));
    if (Dress.bodied(status)) {
      all = all.and("content-length", Integer.toString(body.readableBytes()));
    }
    if (Dress.bodied(status) && body.isReadable()) {
      context().write(frame(status, all, false));
      sent = context().writeAndFlush(new DefaultHttp2DataFrame(body, true));
    } else {
      body.release();
      sent = context().writeAndFlush(frame(status, all, true));
    }
    over();
    return sent;
  }

  private static DefaultHttp2HeadersFrame frame(int status, Headers headers, boolean end) {
    Http2Headers said = new DefaultHttp2Headers().status(Integer.toString(status));
    headers.fields().forEach(field -> said.add(field.name(), field.value()));
    return new DefaultHttp2HeadersFrame(said, end);
  }

  @Override
  public void begin(int status, Headers headers) {
    context().writeAndFlush(frame(status, Dress.of(headers.and(beside)), false));
  }

  @Override
  public ChannelFuture part(ByteBuf part) {
    return context().writeAndFlush(new DefaultHttp2DataFrame(part, false));
  }

  @Override
  public void end() {
    context().writeAndFlush(new DefaultHttp2DataFrame(true));
    over();
  }

  /**
   * RFC 9113, section 8.1: who has answered before all was sent may ask for no more. Some clients
   * lose the answer by that, so what they send is thrown away for a moment.
   */
  private void over() {
    phase = new Phase.Over();
    deadline.none();
    if (!whole) {
      deadline.in(
          LINGER_SECONDS,
          context(),
          () -> context().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR)));
    }
  }

  @Override
  public void abort() {
    phase = new Phase.Over();
    context().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
  }

  @Override
  public boolean writable() {
    return context().channel().isWritable();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext on) {
    if (!on.channel().isWritable()) {
      if (!stalled.waits()) {
        long seconds = connection.front().limits().of(Limit.CLIENT_STALLED_SECONDS);
        stalled.in(seconds, on, connection::stalls);
      }
      return;
    }
    stalled.none();
    if (phase instanceof Phase.Asked(Exchange exchange)) {
      exchange.becameWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext on, Object event) {
    ReferenceCountUtil.release(event);
  }

  /** Withdrawn, or its connection has gone, or all is said. */
  @Override
  public void channelInactive(ChannelHandlerContext on) {
    Phase before = phase;
    phase = new Phase.Over();
    deadline.none();
    stalled.none();
    connection.ended();
    switch (before) {
      case Phase.Asked(Exchange exchange) -> exchange.left();
      case Phase.Content(_, _, Body body) -> body.close();
      case Phase.Head _, Phase.Over _ -> {}
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext on, Throwable cause) {
    on.close();
  }
}
