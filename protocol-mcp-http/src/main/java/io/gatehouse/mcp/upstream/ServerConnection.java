package io.gatehouse.mcp.upstream;

import io.gatehouse.mcp.frame.BodyReader;
import io.gatehouse.mcp.frame.BrokenMessage;
import io.gatehouse.mcp.frame.Framing;
import io.gatehouse.mcp.frame.HeadReader;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.mcp.frame.ResponseHead;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to a server, one question after the other. On its event loop. */
final class ServerConnection extends ByteToMessageDecoder {
  private static final int MOST_INTERIM = 8;

  /** How far it is. */
  private sealed interface Phase {
    record Idle() implements Phase {}

    record Head(Talk talk, HeadReader reader, int interim) implements Phase {}

    record Content(Talk talk, BodyReader reader, boolean persistent) implements Phase {}

    record Over() implements Phase {}
  }

  private final Pool pool;
  private final Upstream.Tcp endpoint;
  private final Channel channel;
  private Phase phase = new Phase.Idle();
  private boolean sent;
  private @Nullable ScheduledFuture<?> deadline;

  ServerConnection(Pool pool, Upstream.Tcp endpoint, Channel channel) {
    this.pool = pool;
    this.endpoint = endpoint;
    this.channel = channel;
  }

  Upstream.Tcp endpoint() {
    return endpoint;
  }

  boolean usable() {
    return phase instanceof Phase.Idle && channel.isActive();
  }

  /** Sends a question over it. */
  void carry(Talk talk) {
    ByteBuf head = channel.alloc().buffer();
    RequestHead request = talk.question().outgoing();
    try {
      request.encode(head, talk.question().held()::write);
    } catch (IllegalStateException unfit) {
      head.release();
      channel.close();
      channel
          .eventLoop()
          .execute(
              () -> talk.failed(Failure.CREDENTIAL, "the held credential is of no use in HTTP"));
      return;
    }
    phase = new Phase.Head(talk, new HeadReader(pool.limits()), 0);
    talk.on(this);
    sent = false;
    within(Limit.UPSTREAM_ANSWER_SECONDS, this::tooSlow);
    channel.config().setAutoRead(!talk.paused());
    ByteBuf body = talk.takeBody();
    pool.meters().clientToServer(head.readableBytes() + (long) body.readableBytes());
    ByteBuf kept = head.retain();
    channel.write(head).addListener(_ -> wipe(kept));
    channel.writeAndFlush(body).addListener(written -> sent = written.isSuccess());
  }

  /** The credential was in it. */
  private static void wipe(ByteBuf head) {
    head.setZero(0, head.capacity());
    head.release();
  }

  private void within(Limit limit, Runnable otherwise) {
    noDeadline();
    deadline = channel.eventLoop().schedule(otherwise, pool.limits().of(limit), TimeUnit.SECONDS);
  }

  private void noDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void tooSlow() {
    pool.meters().limitReached(Limit.UPSTREAM_ANSWER_SECONDS);
    fail(Failure.TOO_SLOW, "the server did not answer in time");
  }

  /** Who hears the answer waits for its end as long as it takes. */
  void endless() {
    noDeadline();
  }

  void read(boolean more) {
    channel.config().setAutoRead(more);
  }

  void close() {
    phase = new Phase.Over();
    noDeadline();
    pool.forget(this);
    channel.close();
  }

  private void fail(Failure kind, String message) {
    Phase before = phase;
    close();
    switch (before) {
      case Phase.Head(Talk talk, _, _) -> talk.failed(kind, message);
      case Phase.Content(Talk talk, _, _) -> talk.failed(kind, message);
      case Phase.Idle _, Phase.Over _ -> {}
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes) {
      pool.meters().serverToClient(bytes.readableBytes());
    }
    super.channelRead(context, message);
  }

  /** The decoder's own would read on wherever nothing was handed on, paused or not. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    discardSomeReadBytes();
    context.fireChannelReadComplete();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    try {
      step(in);
    } catch (BrokenMessage broken) {
      fail(Failure.VIOLATED_PROTOCOL, String.valueOf(broken.getMessage()));
    }
    if (phase instanceof Phase.Over) {
      in.skipBytes(in.readableBytes());
    }
  }

  private void step(ByteBuf in) {
    switch (phase) {
      // Nobody asked: whatever it is, it would be taken for the next answer.
      case Phase.Idle _ -> close();
      case Phase.Head(Talk talk, HeadReader reader, int interim) -> {
        HeadReader.Head head = reader.read(in);
        if (head != null) {
          head(talk, ResponseHead.of(head), interim, in);
        }
      }
      case Phase.Content content -> content(content, in);
      case Phase.Over _ -> {}
    }
  }

  private void head(Talk talk, ResponseHead head, int interim, ByteBuf in) {
    if (head.status() < 200) {
      if (head.status() == 101 || interim == MOST_INTERIM) {
        fail(Failure.VIOLATED_PROTOCOL, "the server said what nobody asked it for");
      } else {
        phase = new Phase.Head(talk, new HeadReader(pool.limits()), interim + 1);
      }
      return;
    }
    Framing framing = Framing.ofResponse(head.status(), head.headers());
    if (!List.of("identity").containsAll(head.headers().listed("content-encoding"))) {
      fail(Failure.VIOLATED_PROTOCOL, "the answer is encoded, which nobody asked it to be");
      return;
    }
    within(Limit.UPSTREAM_ANSWER_SECONDS, this::tooSlow);
    BodyReader reader = new BodyReader(framing, BodyReader.Trailers.DROPPED);
    Phase.Content content = new Phase.Content(talk, reader, head.persistent());
    phase = content;
    talk.head(head.status(), Crossing.toClient(head.headers()));
    if (phase instanceof Phase.Content) {
      content(content, in);
    }
  }

  private void content(Phase.Content content, ByteBuf in) {
    while (!content.reader().whole()) {
      ByteBuf part = content.reader().next(in);
      if (part == null) {
        break;
      }
      content.talk().part(part);
      if (content.talk().over()) {
        return;
      }
    }
    if (content.reader().whole()) {
      release(content, in);
      content.talk().ended();
    }
  }

  private void release(Phase.Content content, ByteBuf in) {
    phase = new Phase.Idle();
    if (!content.persistent() || !sent || in.isReadable() || !pool.keep(this)) {
      close();
      return;
    }
    within(Limit.UPSTREAM_KEPT_SECONDS, this::close);
    channel.config().setAutoRead(true);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof SslCloseCompletionEvent) {
      fail(Failure.CLOSED, "the server ended the connection before its answer was whole");
    }
    super.userEventTriggered(context, event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    fail(Failure.CLOSED, "the server ended the connection before its answer was whole");
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(Failure.CLOSED, "the connection to the server failed");
  }
}
