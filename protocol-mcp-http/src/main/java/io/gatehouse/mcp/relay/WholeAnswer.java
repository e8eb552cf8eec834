package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.upstream.Failure;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer that is no stream. It owns its bytes until it is on its way to the client, or
 * dropped. On the conversation's event loop.
 */
final class WholeAnswer {
  private static final byte[] NOTHING = {};

  private final Forwarding owner;
  private final Conversation conversation;
  private final Client client;
  private final int status;
  private @Nullable AnswerBody body;

  /**
   * @param matters whether its content is a message
   */
  WholeAnswer(
      Forwarding owner, Conversation conversation, Client client, int status, boolean matters) {
    this.owner = owner;
    this.conversation = conversation;
    this.client = client;
    this.status = status;
    body = matters ? new AnswerBody(conversation.surroundings().answers()) : null;
  }

  /** The part stays the caller's. */
  void comes(ByteBuf part) {
    if (body == null) {
      return;
    }
    switch (body.add(part)) {
      case YES -> {}
      case TOO_LARGE -> owner.violated("an answer that is too large");
      case NO_MEMORY -> owner.noRoom();
    }
  }

  /** Nobody waits for it any more. */
  void drop() {
    if (body != null) {
      body.drop();
      body.close();
      body = null;
    }
  }

  void ends() {
    if (refusesGate()) {
      return;
    }
    if (body == null) {
      bare();
    } else {
      whole(body.take());
    }
  }

  /** What a server says about credentials is between it and the gate. */
  private boolean refusesGate() {
    if (status != 401 && status != 403 && status != 407) {
      return false;
    }
    owner.failed(Failure.CREDENTIAL, "the server answered " + status);
    return true;
  }

  private void whole(byte[] bytes) {
    try {
      Message message = Passing.read(bytes);
      if (message instanceof Message.Single answer && answers(answer)) {
        answered(answer);
      } else {
        owner.violated("an answer to what was not asked");
      }
    } catch (RefusedMessageException e) {
      owner.violated("an answer that is none: " + e.getMessage());
    }
  }

  /**
   * An error is without an id where the server could not read what was asked (JSON-RPC 2.0, section
   * 5), which HTTP says, too, and then it is of this request. Else nobody knows what it is of.
   */
  private boolean answers(Message.Single answer) {
    return Passing.answers(answer, owner.ask().id())
        || (status >= 400 && Passing.anonymous(answer));
  }

  private void answered(Message.Single answer) {
    switch (owner.passing().answer(answer)) {
      case Passing.Shown.As(Bytes message) -> {
        if (!owner.introduces(answer)) {
          return;
        }
        Refusal exceeded = owner.call().exceeds(message);
        if (exceeded != null) {
          owner.withheld(exceeded);
          return;
        }
        owner.record(owner.call(), message, true);
        Headers headers = GateErrors.JSON.and(conversation.introduced(owner.ask().role()));
        Runnable sent = sent();
        owner.over(Passing.outcome(answer), Passing.code(answer));
        endsSession();
        client.answer(status, headers, message.array(), sent);
      }
      case Passing.Shown.Withheld(Refusal refusal) -> owner.withheld(refusal);
    }
  }

  /** From now on the exchange knows when the client has it. */
  private Runnable sent() {
    AnswerBody whole = body;
    body = null;
    return whole == null ? () -> {} : whole::close;
  }

  /** An answer without a message. */
  private void bare() {
    boolean done = status >= 200 && status < 300;
    if (done && owner.ask().id().isPresent()) {
      owner.violated("no answer");
      return;
    }
    owner.over(done ? OutcomeKind.SUCCEEDED : OutcomeKind.FAILED, done ? null : "http " + status);
    if (done && owner.ask().role() == Ask.Role.END) {
      conversation.over(CloseReason.CLIENT_TERMINATED);
    }
    endsSession();
    client.answer(status, Headers.NONE, NOTHING);
  }

  /** The server does not know its session any more. */
  private void endsSession() {
    if (status == 404 && !conversation.backend().session().isEmpty()) {
      conversation.over(CloseReason.UPSTREAM_DISCONNECTED);
    }
  }
}
