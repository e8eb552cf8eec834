package io.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server with one tool that is faster than what is measured in front of it: it understands no
 * more of a request than its id, and answers each call with the same kilobyte. GET says how many
 * calls it has answered.
 */
final class ToolServer {
  private static final String NOTE = "a note of no interest, ".repeat(14);
  private static final String CUSTOMER =
      "{'id':17,'name':'Ann Example','email':'ann.example@example.com','note':'" + NOTE + "'}";
  private static final ByteBuf RESULT =
      ascii(
          ",'result':{'content':[{'type':'text','text':'"
              + CUSTOMER.replace("'", "\\'")
              + "'}],'structuredContent':"
              + CUSTOMER
              + "}}");
  private static final ByteBuf INTRODUCTION =
      ascii(
          ",'result':{'protocolVersion':'2025-11-25','capabilities':{'tools':{}},"
              + "'serverInfo':{'name':'fast','version':'1'}}}");
  private static final ByteBuf HEAD = ascii("{'jsonrpc':'2.0','id':");
  private static final ByteBuf ID = ascii("'id':");
  private static final ByteBuf INITIALIZE = ascii("'method':'initialize'");
  private static final int MOST_BYTES = 65_536;

  private ToolServer() {}

  private static ByteBuf ascii(String quotedOnce) {
    return Unpooled.unreleasableBuffer(
        Unpooled.copiedBuffer(quotedOnce.replace('\'', '"'), US_ASCII));
  }

  /** Prints its port and runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    Answering answering = new Answering();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec(), new HttpObjectAggregator(MOST_BYTES))
                        .addLast(answering);
                  }
                });
    Channel bound = bootstrap.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
    System.out.println(((InetSocketAddress) bound.localAddress()).getPort());
    bound.closeFuture().sync();
  }

  @Sharable
  private static final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final AtomicLong answered = new AtomicLong();

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (request.method().equals(HttpMethod.GET)) {
        answer(context, ByteBufUtil.writeAscii(context.alloc(), answered.toString()));
      } else if (ByteBufUtil.indexOf(INITIALIZE, request.content()) >= 0) {
        answer(context, message(context, request.content(), INTRODUCTION));
      } else if (ByteBufUtil.indexOf(ID, request.content()) >= 0) {
        answered.incrementAndGet();
        answer(context, message(context, request.content(), RESULT));
      } else {
        answer(context, HttpResponseStatus.ACCEPTED, Unpooled.EMPTY_BUFFER);
      }
    }

    private static ByteBuf message(ChannelHandlerContext context, ByteBuf asked, ByteBuf rest) {
      ByteBuf message = context.alloc().buffer(2048);
      message.writeBytes(HEAD.duplicate());
      int at = ByteBufUtil.indexOf(ID, asked) + ID.readableBytes();
      for (byte digit = asked.getByte(at); digit >= '0' && digit <= '9'; ) {
        message.writeByte(digit);
        digit = asked.getByte(++at);
      }
      return message.writeBytes(rest.duplicate());
    }

    private static void answer(ChannelHandlerContext context, ByteBuf body) {
      answer(context, HttpResponseStatus.OK, body);
    }

    private static void answer(
        ChannelHandlerContext context, HttpResponseStatus status, ByteBuf body) {
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
          .set("mcp-session-id", UUID.randomUUID())
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
      context.writeAndFlush(response, context.voidPromise());
    }
  }
}
