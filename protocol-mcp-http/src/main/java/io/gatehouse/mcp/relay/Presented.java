package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.upstream.Ear;
import io.gatehouse.mcp.upstream.Failure;
import io.gatehouse.mcp.upstream.Handle;
import io.gatehouse.spi.login.Credential;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * A question on its way to the server, with what the gate's credential is by then. If that has
 * ended, the question waits for another; if the server does not take it and another has taken its
 * place, it is asked once more. On the conversation's event loop.
 */
final class Presented implements Handle, Ear {
  private static final int UNAUTHORIZED = 401;

  /** What is larger is not kept until the server says whether it takes the credential. */
  private static final int MOST_AGAIN = 65_536;

  private sealed interface State {
    /** For a credential. */
    record Waits() implements State {}

    /**
     * Nothing of the answer is here yet.
     *
     * @param body to be asked with again; empty if it is too large for that
     */
    record Shows(Credential shown, Handle handle, Optional<Bytes> body) implements State {}

    /** What comes is for the ear, whatever it is. */
    record Hears(Handle handle) implements State {}

    record Over() implements State {}
  }

  private final Conversation conversation;
  private final String method;
  private final Headers headers;
  private final Ear ear;
  private State state = new State.Waits();
  private boolean paused;

  private Presented(Conversation conversation, String method, Headers headers, Ear ear) {
    this.conversation = conversation;
    this.method = method;
    this.headers = headers;
    this.ear = ear;
  }

  /** The ear hears nothing before this returns. */
  static Handle begin(
      Conversation conversation, String method, Headers headers, Bytes body, Ear ear) {
    Presented question = new Presented(conversation, method, headers, ear);
    Credential first = conversation.backend().credential();
    Optional<Credential> current = first.current();
    if (current.isEmpty()) {
      question.renew(first, body, "the held credential has ended, and its source gave no other");
    } else {
      Handle handle = question.ask(current.get(), body);
      Optional<Bytes> kept = Optional.of(body).filter(some -> some.length() <= MOST_AGAIN);
      question.state = new State.Shows(current.get(), handle, kept);
    }
    return question;
  }

  private Handle ask(Credential shown, Bytes body) {
    Handle handle =
        conversation
            .surroundings()
            .asking()
            .ask(
                conversation.loop(),
                conversation.backend().question(shown, method, headers, body),
                this);
    if (paused) {
      handle.pause();
    }
    return handle;
  }

  private void renew(Credential instead, Bytes body, String otherwise) {
    state = new State.Waits();
    instead
        .another()
        .exceptionally(_ -> Optional.empty())
        .thenAccept(
            another ->
                conversation
                    .loop()
                    .execute(() -> conversation.guarded(() -> renewed(another, body, otherwise))));
  }

  private void renewed(Optional<Credential> another, Bytes body, String otherwise) {
    if (!(state instanceof State.Waits)) {
      return; // nobody waits for it any more
    }
    if (another.isPresent()) {
      state = new State.Hears(ask(another.get(), body));
    } else {
      state = new State.Over();
      ear.failed(Failure.CREDENTIAL, otherwise);
    }
  }

  @Override
  public void head(int status, Headers answered) {
    switch (state) {
      case State.Shows(Credential shown, Handle handle, Optional<Bytes> body) -> {
        if (status == UNAUTHORIZED && body.isPresent()) {
          handle.cancel();
          renew(shown, body.get(), "the server answered " + status);
          return;
        }
        if (status == UNAUTHORIZED) {
          shown.another(); // for whoever asks next
        }
        state = new State.Hears(handle);
        ear.head(status, answered);
      }
      case State.Hears _ -> ear.head(status, answered);
      case State.Waits _, State.Over _ -> {}
    }
  }

  @Override
  public void part(ByteBuf part) {
    if (state instanceof State.Hears) {
      ear.part(part);
    } else {
      part.release();
    }
  }

  @Override
  public void end() {
    if (state instanceof State.Hears) {
      state = new State.Over();
      ear.end();
    }
  }

  @Override
  public void failed(Failure kind, String message) {
    if (!(state instanceof State.Over)) {
      state = new State.Over();
      ear.failed(kind, message);
    }
  }

  private Optional<Handle> handle() {
    return switch (state) {
      case State.Shows(_, Handle handle, _) -> Optional.of(handle);
      case State.Hears(Handle handle) -> Optional.of(handle);
      case State.Waits _, State.Over _ -> Optional.empty();
    };
  }

  @Override
  public void pause() {
    paused = true;
    handle().ifPresent(Handle::pause);
  }

  @Override
  public void resume() {
    paused = false;
    handle().ifPresent(Handle::resume);
  }

  @Override
  public void endless() {
    handle().ifPresent(Handle::endless);
  }

  @Override
  public void cancel() {
    Optional<Handle> handle = handle();
    state = new State.Over();
    handle.ifPresent(Handle::cancel);
  }
}
