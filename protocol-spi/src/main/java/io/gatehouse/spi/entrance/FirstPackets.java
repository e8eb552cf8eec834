package io.gatehouse.spi.entrance;

import io.gatehouse.spi.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;

/**
 * Reads what a client says before it names itself, TLS above all; then its {@link Login} takes
 * over. On the client's event loop.
 */
public abstract class FirstPackets extends ByteToMessageDecoder {
  private final Newcomer newcomer;

  protected FirstPackets(Newcomer newcomer) {
    this.newcomer = newcomer;
  }

  protected final Newcomer newcomer() {
    return newcomer;
  }

  /** What was read so far, of which whole packets are taken. */
  protected abstract void read(ChannelHandlerContext context, ByteBuf in);

  /** The TLS handshake is done. */
  protected abstract void secured(ChannelHandlerContext context);

  @Override
  protected final void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (newcomer.over()) {
      in.skipBytes(in.readableBytes());
    } else {
      read(context, in);
    }
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext context, Object event)
      throws Exception {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (done.isSuccess()) {
        secured(context);
      } else {
        newcomer.dismiss(CloseReason.TLS_FAILED);
      }
    }
    super.userEventTriggered(context, event);
    // Channels may be half closed, for the sake of relayed answers; a login needs both directions.
    if (event instanceof ChannelInputShutdownEvent && !newcomer.over()) {
      newcomer.dismiss(CloseReason.CLIENT_DISCONNECTED);
    }
  }

  /** What the client is to say next is its login's. */
  protected final void handOver(ChannelHandlerContext context, Login<?, ?> login) {
    context.pipeline().addLast(login);
    context.pipeline().remove(this);
  }

  @Override
  public final void channelInactive(ChannelHandlerContext context) throws Exception {
    newcomer.leaves(CloseReason.CLIENT_DISCONNECTED);
    super.channelInactive(context);
  }
}
