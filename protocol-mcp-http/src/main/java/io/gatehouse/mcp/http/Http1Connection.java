package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.BodyReader;
import io.gatehouse.mcp.frame.BrokenMessage;
import io.gatehouse.mcp.frame.Framing;
import io.gatehouse.mcp.frame.HeadReader;
import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.LoginRequest.TlsFacts;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.net.Door;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection over HTTP/1.1, one exchange after the other. On its event loop. It reads when it
 * asks to: during an exchange once, so that a client that goes is noticed and one that sends ahead
 * is held back.
 */
final class Http1Connection extends ByteToMessageDecoder implements Door.Guest {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** How far it is. */
  private sealed interface Phase {
    record Idle() implements Phase {}

    record Head(HeadReader reader) implements Phase {}

    record Content(RequestHead head, Place place, BodyReader reader, Body body) implements Phase {}

    record Asked(Exchange exchange) implements Phase {}

    record Parting() implements Phase {}
  }

  private final HttpDoor front;
  private final Optional<TlsFacts> tls;
  private final Deadline deadline = new Deadline();
  private final Deadline stalled = new Deadline();
  private Phase phase;
  private boolean last;
  private boolean decoding;

  /** What the next answer says beside its own. */
  private Headers beside = Headers.NONE;

  private @Nullable CloseReason reason;
  private @Nullable ChannelHandlerContext context;

  Http1Connection(HttpDoor front, Optional<TlsFacts> tls) {
    this.front = front;
    this.tls = tls;
    phase = new Phase.Head(new HeadReader(front.limits()));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    within(added, Limit.HTTP_HEAD_SECONDS, () -> tooSlow(added, Limit.HTTP_HEAD_SECONDS));
    front.entered(added.channel(), this);
    added.read();
  }

  private void within(ChannelHandlerContext on, Limit limit, Runnable otherwise) {
    deadline.in(front.limits().of(limit), on, otherwise);
  }

  private void tooSlow(ChannelHandlerContext on, Limit limit) {
    boolean silent = actualReadableBytes() == 0 && phase instanceof Phase.Head;
    front.meters().limitReached(limit);
    if (silent) {
      close(on, CloseReason.LOGIN_TIMED_OUT);
    } else {
      refuse(on, Refused.of(408, "the request took too long"), CloseReason.CLIENT_TOO_SLOW);
    }
  }

  private void idle(ChannelHandlerContext on) {
    front.meters().limitReached(Limit.HTTP_IDLE_SECONDS);
    close(on, CloseReason.CLIENT_IDLE);
  }

  @Override
  protected void decode(ChannelHandlerContext on, ByteBuf in, List<Object> out) {
    decoding = true;
    try {
      step(on, in);
    } catch (BrokenMessage broken) {
      in.skipBytes(in.readableBytes());
      refuse(on, Refused.broken(broken), CloseReason.CLIENT_VIOLATED_PROTOCOL);
    } finally {
      decoding = false;
    }
  }

  private void step(ChannelHandlerContext on, ByteBuf in) {
    switch (phase) {
      case Phase.Idle _ -> {
        // Who asks and does not read the answers is not asked for more.
        if (on.channel().isWritable()) {
          phase = new Phase.Head(new HeadReader(front.limits()));
          within(on, Limit.HTTP_HEAD_SECONDS, () -> tooSlow(on, Limit.HTTP_HEAD_SECONDS));
          step(on, in);
        }
      }
      case Phase.Head(HeadReader reader) -> {
        HeadReader.Head head = reader.read(in);
        if (head != null) {
          front.unfinished().finished(on.channel());
          requested(on, RequestHead.of(head), in);
        }
      }
      case Phase.Content content -> content(on, content, in);
      case Phase.Asked _ -> {}
      case Phase.Parting _ -> in.skipBytes(in.readableBytes());
    }
  }

  private void requested(ChannelHandlerContext on, RequestHead head, ByteBuf in) {
    last |= head.headers().listed("connection").contains("close");
    beside = front.admission().beside(head);
    switch (front.admission().check(head)) {
      case Admission.Verdict.No(Refused refused) -> {
        // Where a body would begin that nobody reads, this connection is of no more use.
        if (bodyless(head)) {
          front.refused(refused);
          deadline.none();
          Dress.refuse(leg(on), refused);
        } else {
          refuse(on, refused, CloseReason.CLIENT_VIOLATED_PROTOCOL);
        }
      }
      case Admission.Verdict.Told(ProtectedResource resource) -> {
        deadline.none();
        Dress.tell(leg(on), resource);
      }
      case Admission.Verdict.Preflight(Headers told) -> {
        deadline.none();
        Dress.preflight(leg(on), told);
      }
      case Admission.Verdict.Pass(Place place, Framing framing) -> {
        BodyReader reader = new BodyReader(framing, BodyReader.Trailers.REFUSED);
        if (!reader.whole()) {
          goOnIfExpected(on, head);
        }
        Phase.Content content = new Phase.Content(head, place, reader, front.body(on.channel()));
        phase = content;
        within(on, Limit.HTTP_BODY_SECONDS, () -> tooSlow(on, Limit.HTTP_BODY_SECONDS));
        content(on, content, in);
      }
    }
  }

  private Http1Leg leg(ChannelHandlerContext on) {
    return new Http1Leg(this, on, beside);
  }

  private static boolean bodyless(RequestHead head) {
    try {
      return Framing.ofRequest(head.headers()) instanceof Framing.None;
    } catch (BrokenMessage broken) {
      return false;
    }
  }

  private static void goOnIfExpected(ChannelHandlerContext on, RequestHead head) {
    if (head.headers().has("expect")) {
      on.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
    }
  }

  private void content(ChannelHandlerContext on, Phase.Content content, ByteBuf in) {
    while (!content.reader().whole()) {
      ByteBuf part = content.reader().next(in);
      if (part == null) {
        break;
      }
      Refused refused = content.body().add(part);
      if (refused != null) {
        in.skipBytes(in.readableBytes());
        refuse(on, refused, CloseReason.LIMIT_REACHED);
        return;
      }
    }
    if (content.reader().whole()) {
      ask(on, content);
    }
  }

  private void ask(ChannelHandlerContext on, Phase.Content content) {
    deadline.none();
    Exchange exchange =
        new Exchange(
            leg(on),
            new Exchange.Arrival(
                content.head(),
                content.place(),
                tls,
                (InetSocketAddress) on.channel().remoteAddress()),
            content.body());
    phase = new Phase.Asked(exchange);
    front.desk().asked(exchange);
  }

  /** Whether the answer that begins now is the last of this connection. */
  boolean last() {
    return last;
  }

  /** The answer is written. */
  void answered() {
    ChannelHandlerContext on = context;
    if (on == null || phase instanceof Phase.Parting) {
      return;
    }
    stalled.none();
    beside = Headers.NONE;
    if (last) {
      part(on, CloseReason.CLIENT_TERMINATED);
      return;
    }
    phase = new Phase.Idle();
    within(on, Limit.HTTP_IDLE_SECONDS, () -> idle(on));
    watch(on);
    if (!decoding) {
      resume(on);
    }
  }

  /** Looks at what was sent ahead, and reads on. */
  private void resume(ChannelHandlerContext on) {
    try {
      channelRead(on, Unpooled.EMPTY_BUFFER);
    } catch (Exception problem) {
      exceptionCaught(on, problem);
    }
    readMore(on);
  }

  void abort() {
    if (context != null) {
      close(context, CloseReason.UPSTREAM_DISCONNECTED);
    }
  }

  private void refuse(ChannelHandlerContext on, Refused refused, CloseReason why) {
    front.refused(refused);
    deadline.none();
    last = true;
    because(why);
    if (phase instanceof Phase.Content(_, _, _, Body body)) {
      body.close();
    }
    phase = new Phase.Idle();
    Dress.refuse(leg(on), refused);
  }

  /** Says that nothing more comes, and waits a moment for the peer to say the same. */
  private void part(ChannelHandlerContext on, CloseReason why) {
    because(why);
    phase = new Phase.Parting();
    deadline.in(Farewell.LINGER_SECONDS, on, on::close);
    Farewell.say(on);
    on.read();
  }

  private void because(CloseReason why) {
    if (reason == null) {
      reason = why;
    }
  }

  private void close(ChannelHandlerContext on, CloseReason why) {
    because(why);
    on.close();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext on) {
    discardSomeReadBytes();
    readMore(on);
  }

  private void readMore(ChannelHandlerContext on) {
    boolean more =
        switch (phase) {
          case Phase.Idle _, Phase.Head _ -> on.channel().isWritable();
          case Phase.Content _, Phase.Parting _ -> true;
          case Phase.Asked _ -> actualReadableBytes() == 0;
        };
    if (more) {
      on.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext on) {
    watch(on);
    if (!on.channel().isWritable()) {
      return;
    }
    if (phase instanceof Phase.Asked(Exchange exchange)) {
      exchange.becameWritable();
    } else if (!decoding) {
      resume(on);
    }
  }

  private void watch(ChannelHandlerContext on) {
    if (on.channel().isWritable()) {
      stalled.none();
    } else if (!stalled.waits()) {
      stalled.in(
          front.limits().of(Limit.CLIENT_STALLED_SECONDS),
          on,
          () -> {
            front.meters().limitReached(Limit.CLIENT_STALLED_SECONDS);
            close(on, CloseReason.CLIENT_TOO_SLOW);
          });
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext on, Object event) {
    if (event instanceof SslCloseCompletionEvent) {
      close(on, CloseReason.CLIENT_DISCONNECTED);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext on) throws Exception {
    Phase before = phase;
    phase = new Phase.Parting();
    deadline.none();
    stalled.none();
    front.left(on.channel(), reason == null ? CloseReason.CLIENT_DISCONNECTED : reason);
    switch (before) {
      case Phase.Asked(Exchange exchange) -> exchange.left();
      case Phase.Content(_, _, _, Body body) -> body.close();
      case Phase.Idle _, Phase.Head _, Phase.Parting _ -> {}
    }
    super.channelInactive(on);
  }

  /** Without the message, which may quote what came. */
  @Override
  public void exceptionCaught(ChannelHandlerContext on, Throwable cause) {
    close(on, CloseReason.CLIENT_DISCONNECTED);
  }

  @Override
  public void drain() {
    onLoop(
        on -> {
          last = true;
          if (phase instanceof Phase.Idle
              || (phase instanceof Phase.Head && actualReadableBytes() == 0)) {
            close(on, CloseReason.DRAINED);
          }
        });
  }

  @Override
  public void kill(Refusal refusal, CloseReason why) {
    onLoop(on -> close(on, why));
  }

  private void onLoop(Consumer<ChannelHandlerContext> action) {
    ChannelHandlerContext on = context;
    if (on != null) {
      on.executor().execute(() -> action.accept(on));
    }
  }
}
