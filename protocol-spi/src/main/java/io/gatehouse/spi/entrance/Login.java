package io.gatehouse.spi.entrance;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Connected;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The course of a client's login: the gate is asked how the client has to prove itself, whether it
 * has, and where it may go, and there the login connects. What is said on the way, and in which
 * words, is the protocol's. On the client's event loop.
 *
 * @param <D> a dialogue in which a client proves itself
 * @param <C> a connection to a server
 */
public abstract class Login<D, C extends Connected> extends ByteToMessageDecoder {

  /** Where the login stands. */
  private sealed interface Step<D> {

    /** The gate or the server is being asked; the client has nothing to say. */
    record Waiting<D>() implements Step<D> {}

    /** The client is to send a message of this dialogue. */
    record Answering<D>(D dialogue) implements Step<D> {}

    /** It relays, or it failed. */
    record Over<D>() implements Step<D> {}
  }

  private final Newcomer newcomer;
  private Step<D> step = new Step.Waiting<>();
  private @Nullable GateSession gate;
  private @Nullable CompletableFuture<C> connecting;
  private @Nullable ChannelHandlerContext context;

  protected Login(Newcomer newcomer) {
    this.newcomer = newcomer;
  }

  // What the protocol says and hears.

  /** The client has named itself: to be answered, or refused, or {@linkplain #open shown in}. */
  protected abstract void begin();

  /** The gate says how the client has to prove itself. */
  protected abstract void offered(Offer offer);

  /**
   * The client's next message, null until all of it is there.
   *
   * @return a slice of what was read
   */
  protected abstract @Nullable ByteBuf next(ByteBuf in);

  /**
   * A message that was asked for.
   *
   * @param message valid during the call, and wiped after it
   */
  protected abstract void received(D dialogue, ByteBuf message);

  protected abstract CompletableFuture<C> connect(Upstream upstream);

  /** No server took the gate in. */
  protected abstract void notConnected(Throwable failure);

  /** The login is done; its handler leaves the pipeline afterwards. */
  protected abstract void relay(C server);

  protected abstract void refuse(Refusal refusal);

  /** The client took longer than it may. */
  protected abstract void timedOut();

  protected abstract void violated(ProtocolException violation);

  // What the protocol asks for.

  @Override
  public final void handlerAdded(ChannelHandlerContext newContext) {
    context = newContext;
    begin();
  }

  protected final ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  protected final GateSession gate() {
    if (gate == null) {
      throw new IllegalStateException("the gate has not been asked yet");
    }
    return gate;
  }

  protected final boolean over() {
    return step instanceof Step.Over;
  }

  /**
   * Asks how this client has to prove itself.
   *
   * @param opening tells the gate that it came
   */
  protected final void open(Supplier<GateSession> opening, LoginRequest request) {
    await(
        () -> {
          GateSession opened = opening.get();
          gate = opened;
          return opened.greet(request);
        },
        this::offered);
  }

  /** The client's next message is for this dialogue; before that, it has nothing to say. */
  public final void expect(D dialogue) {
    step = new Step.Answering<>(dialogue);
  }

  /** Shows a proof to the gate; a fault refuses the client without asking the dialogue. */
  public final void examine(Proof proof, Consumer<Identification> verdict) {
    await(() -> gate().identify(proof), verdict);
  }

  /** The client has proved who it is: on to the server. */
  public final void admit() {
    await(() -> gate().route(), this::routed);
  }

  /** What was written is the last that the client hears. */
  protected final void part(CloseReason reason) {
    end(reason);
    context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  // The course.

  /** Goes on with the answer on the loop, if the client still waits for it; a failure refuses. */
  private <T> void await(Supplier<CompletionStage<T>> question, Consumer<T> next) {
    if (over()) {
      return;
    }
    step = new Step.Waiting<>();
    CompletionStage<T> stage;
    try {
      stage = question.get();
    } catch (RuntimeException fault) {
      stage = CompletableFuture.failedFuture(fault);
    }
    stage.whenCompleteAsync(
        (answer, failure) -> {
          if (over()) {
            return;
          }
          if (failure != null || answer == null) {
            refuse(
                Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed to check this login")
                    .withHint("Tell the administrator; the gateway's log has the reason."));
          } else {
            next.accept(answer);
          }
        },
        context().executor());
  }

  @Override
  protected final void decode(ChannelHandlerContext unused, ByteBuf in, List<Object> out) {
    switch (step) {
      case Step.Over<D> _ -> in.skipBytes(in.readableBytes());
      case Step.Waiting<D> _ -> {
        if (in.readableBytes() > newcomer.door().limits().intOf(Limit.LOGIN_MESSAGE_BYTES)) {
          newcomer.door().meters().limitReached(Limit.LOGIN_MESSAGE_BYTES);
          throw new ProtocolException("too much data before the login ended");
        }
      }
      case Step.Answering<D>(D dialogue) -> {
        ByteBuf message = next(in);
        if (message != null) {
          step = new Step.Waiting<>();
          hear(dialogue, message);
        }
      }
    }
  }

  private void hear(D dialogue, ByteBuf message) {
    int start = message.readerIndex();
    int length = message.readableBytes();
    try {
      received(dialogue, message);
    } finally {
      // It may be a password, and the buffer goes back to a pool as it is.
      if (!message.isReadOnly()) {
        message.setZero(start, length);
      }
    }
  }

  private void routed(Route route) {
    switch (route) {
      case Route.To(var upstream) -> {
        connecting = connect(upstream);
        connecting.whenComplete(this::connected);
      }
      case Route.Refused(Refusal refusal) -> refuse(refusal);
    }
  }

  private void connected(@Nullable C server, @Nullable Throwable failure) {
    if (!context().executor().inEventLoop()) {
      context().executor().execute(() -> connected(server, failure));
    } else if (server == null) {
      if (!over()) {
        notConnected(failure == null ? new IllegalStateException("no connection") : failure);
      }
    } else if (over()) {
      server.channel().close();
    } else {
      step = new Step.Over<>();
      newcomer.admitted();
      relay(server);
      context().pipeline().remove(this);
    }
  }

  private void end(CloseReason reason) {
    if (over()) {
      return;
    }
    step = new Step.Over<>();
    newcomer.leaves(reason);
    if (connecting != null) {
      connecting.cancel(false);
    }
    if (gate != null) {
      gate.closed(reason);
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext unused) {
    end(CloseReason.CLIENT_DISCONNECTED);
  }

  /** Whoever sends nothing more proves nothing more; what was asked upstream is not waited for. */
  @Override
  public final void userEventTriggered(ChannelHandlerContext unused, Object event)
      throws Exception {
    super.userEventTriggered(unused, event);
    if (event instanceof ChannelInputShutdownEvent && !over()) {
      end(CloseReason.CLIENT_DISCONNECTED);
      context().close();
    }
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    Throwable reason = cause.getCause() instanceof ProtocolException ? cause.getCause() : cause;
    if (reason instanceof ProtocolException violation) {
      violated(violation);
    } else {
      end(CloseReason.CLIENT_DISCONNECTED);
      context().close();
    }
  }
}
