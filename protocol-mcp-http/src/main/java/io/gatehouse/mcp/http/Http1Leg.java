package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;

/** An answer as HTTP/1.1 writes it. */
final class Http1Leg implements Leg {
  private final Http1Connection connection;
  private final ChannelHandlerContext context;
  private final Headers beside;

  /**
   * @param beside what the answer says beside its own
   */
  Http1Leg(Http1Connection connection, ChannelHandlerContext context, Headers beside) {
    this.connection = connection;
    this.context = context;
    this.beside = beside;
  }

  @Override
  public EventLoop loop() {
    return context.channel().eventLoop();
  }

  @Override
  public ChannelFuture answer(int status, Headers headers, ByteBuf body) {
    Headers all = Dress.of(headers.and(beside));
    ChannelFuture sent;
    if (!Dress.bodied(status)) {
      body.release();
      head(status, all);
      sent = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
    } else {
      head(status, all.and("content-length", Integer.toString(body.readableBytes())));
      sent = context.writeAndFlush(body);
    }
    connection.answered();
    return sent;
  }

  @Override
  public void begin(int status, Headers headers) {
    head(status, Dress.of(headers.and(beside)).and("transfer-encoding", "chunked"));
    context.flush();
  }

  private void head(int status, Headers headers) {
    ByteBuf out = context.alloc().buffer();
    Headers all = connection.last() ? headers.and("connection", "close") : headers;
    new ResponseHead(status, all).encode(out);
    context.write(out);
  }

  @Override
  public ChannelFuture part(ByteBuf part) {
    ByteBuf size = context.alloc().buffer(16);
    ByteBufUtil.writeAscii(size, Integer.toHexString(part.readableBytes()) + "\r\n");
    context.write(size);
    context.write(part);
    return context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'\r', '\n'}));
  }

  @Override
  public void end() {
    ByteBuf end = context.alloc().buffer(8);
    ByteBufUtil.writeAscii(end, "0\r\n\r\n");
    context.writeAndFlush(end);
    connection.answered();
  }

  @Override
  public void abort() {
    connection.abort();
  }

  @Override
  public boolean writable() {
    return context.channel().isWritable();
  }
}
