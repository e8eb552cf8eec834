package io.gatehouse.postgres.upstream;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.EmptyQueryResponse;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.postgres.message.ParameterStatus;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.postgres.message.Terminate;
import io.gatehouse.postgres.value.ResultDescriptions;
import io.gatehouse.postgres.value.ValueCodecs;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.OwnStatement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One statement of the gate's own, on a connection of its own. On that connection's event loop. */
public final class GateQuery extends ByteToMessageDecoder {
  private static final int HEADER_BYTES = 5;

  /** The gate asks for catalogs and estimates, not for data. */
  private static final int MAX_MESSAGE_BYTES = 16_777_216;

  private final Statement statement;
  private final CompletableFuture<Rows> result;
  private final List<List<Value>> rows = new ArrayList<>();
  private RowDescription description = new RowDescription(List.of());

  private GateQuery(Statement statement, CompletableFuture<Rows> result) {
    this.statement = statement;
    this.result = result;
  }

  /** The stage fails with {@link UpstreamException}. */
  public static CompletableFuture<Rows> run(
      Connector connector, EventLoop loop, Upstream upstream, Statement statement) {
    return OwnStatement.run(
        loop,
        upstream,
        statement,
        () -> connector.connect(loop, upstream, Map.of("application_name", "gatehouse")),
        new Asking(statement));
  }

  private record Asking(Statement statement) implements OwnStatement.Manner<ServerConnection> {
    @Override
    public ChannelHandler asking(ServerConnection server, CompletableFuture<Rows> result) {
      return new GateQuery(statement, result);
    }

    @Override
    public void leave(ServerConnection server) {
      ByteBuf goodbye = server.channel().alloc().buffer();
      new Terminate().encode(goodbye);
      server.channel().writeAndFlush(goodbye).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ByteBuf query = context.alloc().buffer();
    new Query(statement.sql()).encode(query);
    context.writeAndFlush(query);
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
    received(BackendDecoder.decode(type, in.readSlice(length - Integer.BYTES)));
  }

  private void received(BackendMessage message) {
    switch (message) {
      case RowDescription described -> description = described;
      case DataRow row -> row(row);
      case ErrorResponse error -> fail("the server refused: " + error.sqlState());
      case ReadyForQuery _ ->
          result.complete(new Rows(ResultDescriptions.of(description), List.copyOf(rows)));
      case CommandComplete _, EmptyQueryResponse _, NoticeResponse _, ParameterStatus _ -> {}
      default -> fail("an unexpected " + message.getClass().getSimpleName());
    }
  }

  private void row(DataRow row) {
    if (rows.size() >= statement.maxRows()) {
      fail("more than " + statement.maxRows() + " rows");
      return;
    }
    ResultDescription described = ResultDescriptions.of(description);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < row.values().size(); i++) {
      byte[] field = row.values().get(i);
      int type = Integer.parseUnsignedInt(described.columns().get(i).type());
      values.add(
          field == null
              ? Value.NULL
              : ValueCodecs.of(type).decode(Unpooled.wrappedBuffer(field), false));
    }
    rows.add(values);
  }

  private void fail(String reason) {
    result.completeExceptionally(new UpstreamException(reason));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    fail("the server closed the connection");
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail("the connection failed: " + cause.getMessage());
    context.close();
  }
}
