package io.gatehouse.spi.net;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the engine and the door hold of a session, from before its login on. Thread-safe: hops to
 * the loop.
 *
 * @param <S> a session that relays
 */
public abstract class HeldSession<S extends HeldSession.Relaying>
    implements SessionControl, Door.Guest {

  /** What every session does on its loop. */
  public interface Relaying {

    void kill(Refusal refusal, CloseReason reason);

    void redecide();

    /** Ends it as soon as it is idle. */
    void drain();
  }

  private final Channel client;

  /** Null until the session relays; touched on the loop only. */
  private @Nullable S session;

  protected HeldSession(Channel client) {
    this.client = client;
  }

  /** On the loop. */
  public final void relaying(S newSession) {
    session = newSession;
  }

  @Override
  public final void kill(Refusal refusal, CloseReason reason) {
    client
        .eventLoop()
        .execute(
            () -> {
              if (session == null) {
                client.close();
              } else {
                session.kill(refusal, reason);
              }
            });
  }

  @Override
  public final void redecide() {
    onSession(Relaying::redecide);
  }

  @Override
  public final void drain() {
    onSession(Relaying::drain);
  }

  /** Nothing happens unless it relays. */
  protected final void onSession(Consumer<? super S> action) {
    client
        .eventLoop()
        .execute(
            () -> {
              if (session != null) {
                action.accept(session);
              }
            });
  }

  /** The same, done when the session has taken it. */
  protected final CompletionStage<Void> taken(Consumer<? super S> action) {
    return CompletableFuture.runAsync(
        () -> {
          if (session != null) {
            action.accept(session);
          }
        },
        client.eventLoop());
  }

  /** At once where that is on the loop. */
  protected final <T> CompletionStage<T> asked(BiConsumer<S, CompletableFuture<T>> question) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (client.eventLoop().inEventLoop()) {
      ask(question, result);
    } else {
      client.eventLoop().execute(() -> ask(question, result));
    }
    return result;
  }

  private <T> void ask(BiConsumer<S, CompletableFuture<T>> question, CompletableFuture<T> result) {
    if (session == null) {
      result.completeExceptionally(new UpstreamException("the session does not relay yet"));
    } else {
      question.accept(session, result);
    }
  }
}
