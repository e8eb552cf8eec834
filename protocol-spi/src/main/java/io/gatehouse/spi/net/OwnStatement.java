package io.gatehouse.spi.net;

import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One statement of the gate's own, on a connection of its own, in the time that it has. */
public final class OwnStatement {

  /** How a protocol asks. On the connection's event loop. */
  public interface Manner<C> {

    /** Asks when it is added to the channel, and completes the result. */
    ChannelHandler asking(C server, CompletableFuture<Rows> result);

    /** Takes leave of the server; whether it answered or not. */
    void leave(C server);
  }

  private OwnStatement() {}

  /** The stage fails with {@link UpstreamException}. */
  public static <C extends Connected> CompletableFuture<Rows> run(
      EventLoop loop,
      Upstream upstream,
      Statement statement,
      Supplier<CompletableFuture<C>> connecting,
      Manner<C> manner) {
    CompletableFuture<Rows> result = new CompletableFuture<>();
    var timeout =
        loop.schedule(
            () ->
                result.completeExceptionally(
                    new UpstreamException(
                        "no answer from " + upstream.target() + " within " + statement.time())),
            statement.time().toMillis(),
            TimeUnit.MILLISECONDS);
    result.whenComplete((_, _) -> timeout.cancel(false));
    connecting
        .get()
        .whenComplete(
            (server, failure) -> {
              if (failure != null) {
                result.completeExceptionally(
                    new UpstreamException(String.valueOf(failure.getMessage())));
              } else if (result.isDone()) {
                server.channel().close();
              } else {
                result.whenComplete((_, _) -> loop.execute(() -> manner.leave(server)));
                server.channel().pipeline().addLast(manner.asking(server, result));
                server.channel().config().setAutoRead(true);
              }
            });
    return result;
  }
}
