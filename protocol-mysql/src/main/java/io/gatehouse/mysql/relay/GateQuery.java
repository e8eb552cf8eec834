package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComQuit;
import io.gatehouse.mysql.message.Command;
import io.gatehouse.mysql.upstream.Connector;
import io.gatehouse.mysql.upstream.Manner;
import io.gatehouse.mysql.upstream.ServerConnection;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.OwnStatement;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One statement of the gate's own, on a connection of its own. On that connection's event loop. */
public final class GateQuery extends ChannelInboundHandlerAdapter implements PacketReader.Owner {
  private final Statement statement;
  private final ServerConnection server;
  private final CompletableFuture<Rows> result;
  private final GateAnswer answer;
  private final PacketReader reader;

  private GateQuery(Statement statement, ServerConnection server, CompletableFuture<Rows> result) {
    this.statement = statement;
    this.server = server;
    this.result = result;
    answer = new GateAnswer(statement, server.spoken());
    reader = new PacketReader(this, server.channel().alloc());
    reader.renumber(1, 1);
  }

  /** The stage fails with {@link UpstreamException}. */
  public static CompletableFuture<Rows> run(
      Connector connector, EventLoop loop, Upstream upstream, Statement statement) {
    return OwnStatement.run(
        loop,
        upstream,
        statement,
        () -> connector.connect(loop, upstream, Manner.OWN),
        new Asking(statement));
  }

  private record Asking(Statement statement) implements OwnStatement.Manner<ServerConnection> {
    @Override
    public ChannelHandler asking(ServerConnection server, CompletableFuture<Rows> result) {
      return new GateQuery(statement, server, result);
    }

    @Override
    public void leave(ServerConnection server) {
      server
          .channel()
          .writeAndFlush(encoded(server, new ComQuit()))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static ByteBuf encoded(ServerConnection server, Command command) {
    ByteBuf out = server.channel().alloc().buffer();
    PacketWriter.write(out, 0, body -> command.encode(body, server.spoken()));
    return out;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    byte[] sql = statement.sql().getBytes(StandardCharsets.UTF_8);
    context.writeAndFlush(encoded(server, new ComQuery(List.of(), sql)));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      reader.read((ByteBuf) message);
    } catch (ProtocolException violation) {
      fail(new UpstreamException("the connection failed: " + violation.getMessage()));
    }
  }

  @Override
  public Step payload(ByteBuf input, int body, int length, boolean whole) {
    if (result.isDone()) {
      return Step.DROP;
    }
    Step step = answer.payload(input, body, length, whole);
    UpstreamException failure = answer.failure();
    if (failure != null) {
      fail(failure);
    } else if (answer.done()) {
      result.complete(answer.rows());
    }
    return step;
  }

  @Override
  public void forward(ByteBuf run) {
    run.release();
  }

  private void fail(UpstreamException reason) {
    result.completeExceptionally(reason);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    reader.close();
    fail(new UpstreamException("the server closed the connection"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(new UpstreamException("the connection failed: " + cause.getMessage()));
    context.close();
  }
}
