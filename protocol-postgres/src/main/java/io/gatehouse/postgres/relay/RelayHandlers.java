package io.gatehouse.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** The last handlers of the two channels of a session. On its event loop. */
public final class RelayHandlers {
  private RelayHandlers() {}

  public static ChannelHandler client(Session session) {
    return new Client(session);
  }

  public static ChannelHandler server(Session session) {
    return new Server(session);
  }

  private abstract static class Side extends ChannelInboundHandlerAdapter {
    final Session session;

    Side(Session session) {
      this.session = session;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      session.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      session.updateReading();
    }

    /** An I/O error: the channel closes itself, and that is acted on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private static final class Client extends Side {
    Client(Session session) {
      super(session);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      session.clientRead((ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        session.clientInputEnded();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      session.clientGone();
    }
  }

  private static final class Server extends Side {
    Server(Session session) {
      super(session);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      session.serverRead((ByteBuf) message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      session.serverGone();
    }
  }
}
