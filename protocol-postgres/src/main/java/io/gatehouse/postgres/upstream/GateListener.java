package io.gatehouse.postgres.upstream;

import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.postgres.message.NotificationResponse;
import io.gatehouse.postgres.message.ParameterStatus;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.Terminate;
import io.gatehouse.spi.NotificationPort.Ear;
import io.gatehouse.spi.NotificationPort.Listening;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Listens on one channel ("Asynchronous Operations" and LISTEN), on a connection of its own. On
 * that connection's event loop.
 */
public final class GateListener extends ByteToMessageDecoder {
  private static final int HEADER_BYTES = 5;

  /** The payload of a notification has less than 8,000 bytes, an error is hardly longer. */
  private static final int MAX_MESSAGE_BYTES = 65_536;

  private static final int ANSWER_SECONDS = 10;
  private static final Pattern CHANNEL = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private final String channel;
  private final Line line;
  private boolean listening;

  private GateListener(String channel, Line line) {
    this.channel = channel;
    this.line = line;
  }

  /** What the ear is told, on one event loop, its end once. */
  private static final class Line {
    private final Ear ear;

    /** Whoever listens may end it from any thread; everything else is the event loop's. */
    private volatile boolean over;

    private Line(Ear ear) {
      this.ear = ear;
    }

    private void began() {
      if (!over) {
        ear.began();
      }
    }

    private void heard() {
      if (!over) {
        ear.heard();
      }
    }

    private void ended(String reason) {
      if (!over) {
        over = true;
        ear.ended(reason);
      }
    }
  }

  public static Listening listen(
      Connector connector, EventLoop loop, Upstream upstream, String channel, Ear ear) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("not the name of a channel");
    }
    Line line = new Line(ear);
    var connecting = connector.connect(loop, upstream, Map.of("application_name", "gatehouse"));
    connecting.whenComplete(
        (server, failure) -> {
          if (failure != null) {
            // Connecting may fail before it has come to the loop.
            loop.execute(() -> line.ended(String.valueOf(failure.getMessage())));
          } else if (line.over) {
            server.channel().close();
          } else {
            server.channel().pipeline().addLast(new GateListener(channel, line));
            server.channel().config().setAutoRead(true);
          }
        });
    return () -> {
      line.over = true;
      connecting.thenAccept(server -> leave(server.channel()));
    };
  }

  private static void leave(Channel server) {
    if (server.isActive()) {
      ByteBuf goodbye = server.alloc().buffer();
      new Terminate().encode(goodbye);
      server.writeAndFlush(goodbye).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ByteBuf query = context.alloc().buffer();
    new Query("LISTEN " + channel).encode(query);
    context.writeAndFlush(query);
    context
        .executor()
        .schedule(
            () -> {
              if (!listening) {
                fail(context, "the server did not begin to listen in time");
              }
            },
            ANSWER_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < HEADER_BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex() + 1);
    if (length < Integer.BYTES || length > MAX_MESSAGE_BYTES) {
      throw new ProtocolException("a message of " + length + " bytes");
    }
    if (in.readableBytes() < length + 1) {
      return;
    }
    byte type = in.readByte();
    in.readInt();
    received(context, BackendDecoder.decode(type, in.readSlice(length - Integer.BYTES)));
  }

  private void received(ChannelHandlerContext context, BackendMessage message) {
    switch (message) {
      case NotificationResponse told when told.channel().equals(channel) -> line.heard();
      case ReadyForQuery _ -> {
        listening = true;
        line.began();
      }
      case ErrorResponse error -> fail(context, "the server refused: " + error.sqlState());
      case CommandComplete _, NoticeResponse _, NotificationResponse _, ParameterStatus _ -> {}
      default -> fail(context, "an unexpected " + message.getClass().getSimpleName());
    }
  }

  private void fail(ChannelHandlerContext context, String reason) {
    line.ended(reason);
    leave(context.channel());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    line.ended("the server closed the connection");
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    line.ended("the connection failed: " + cause.getMessage());
    context.close();
  }
}
