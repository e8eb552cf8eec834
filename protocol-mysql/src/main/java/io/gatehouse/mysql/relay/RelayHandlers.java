package io.gatehouse.mysql.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** What the two channels of a session tell it. */
public final class RelayHandlers {
  private RelayHandlers() {}

  public static ChannelInboundHandler client(Session session) {
    return new Side(session, true);
  }

  public static ChannelInboundHandler server(Session session) {
    return new Side(session, false);
  }

  /** What comes of this client is no longer the session's. */
  public static void leave(Channel client) {
    client.pipeline().remove(Side.class);
  }

  private static final class Side extends ChannelInboundHandlerAdapter {
    private final Session session;
    private final boolean client;

    Side(Session session, boolean client) {
      this.session = session;
      this.client = client;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (client) {
        session.clientRead((ByteBuf) message);
      } else {
        session.serverRead((ByteBuf) message);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      session.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      session.updateReading();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        channelInactive(context);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (client) {
        session.clientGone();
      } else {
        session.serverGone();
      }
    }

    /** An I/O error: the channel closes itself, and that is acted on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
