package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.Request;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.sse.ServerEvent;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks the client in the older era, in a stream that the client has open. It is under
 * way until the server is told something: what the client answers, or why nobody will. On the
 * conversation's event loop.
 */
final class ServerErrand implements Errand {

  /** What there is to show. */
  private record Question(Request request, ServerEvent event, EventRoom.Held held) {}

  private final Conversation conversation;
  private final EventFlow stream;
  private final RequestId id;

  /** None once it is decided: it may be open for long after that, and this may be large. */
  private @Nullable Question question;

  private @Nullable Call call;
  private boolean told;

  /**
   * @param held the event's room
   */
  ServerErrand(
      Conversation conversation,
      EventFlow stream,
      Request request,
      ServerEvent event,
      EventRoom.Held held) {
    this.conversation = conversation;
    this.stream = stream;
    id = request.id();
    question = new Question(request, event, held);
  }

  void begin() {
    Question asked = asked();
    try {
      conversation.submit(Asked.ofServer(asked.request(), conversation.revision()), this);
    } catch (RefusedMessageException e) {
      tell(GateErrors.error(e));
    }
  }

  private Question asked() {
    if (question == null) {
      throw new IllegalStateException("it is decided already");
    }
    return question;
  }

  Call call() {
    if (call == null) {
      throw new IllegalStateException("nothing was submitted");
    }
    return call;
  }

  @Override
  public void submitted(Call submitted) {
    call = submitted;
  }

  @Override
  public void run(Call granted, Decision.Run run) {
    Question asked = asked();
    if (stream.over()) {
      // Its call is left open. The server says it again to who comes for the rest.
      drop();
      granted.end(OutcomeKind.UNKNOWN, null);
      return;
    }
    switch (new Passing(run.plan()).request(asked.request())) {
      case Passing.Shown.As(Bytes message) -> show(granted, message, asked);
      case Passing.Shown.Withheld(Refusal refusal) -> refuse(granted, refusal);
    }
    drop();
  }

  private void show(Call granted, Bytes message, Question asked) {
    if (!conversation.asks(id, this)) {
      refuse(granted, Refusal.of(Refusal.Kind.NOT_UNDERSTOOD, "the id of this is in use"));
      return;
    }
    Refusal exceeded = granted.exceeds(message);
    if (exceeded != null) {
      refuse(granted, exceeded);
      return;
    }
    // Its few bytes are held back by nothing; what follows in the stream is.
    granted.record(message, false, () -> {});
    stream.write(message, asked.event(), asked.held());
  }

  private void refuse(Call granted, Refusal refusal) {
    tell(refusal);
    granted.end(OutcomeKind.REFUSED, null);
  }

  @Override
  public void refused(Call unused, Refusal refusal) {
    tell(refusal);
  }

  /** The server does, not the client. */
  @Override
  public boolean awaits(RequestId answered) {
    return false;
  }

  @Override
  public void cut(Refusal refusal, CloseReason reason) {
    tell(refusal);
  }

  @Override
  public Optional<Passing> passes() {
    return Optional.empty();
  }

  @Override
  public void drain() {}

  /** What it was asked for is over. */
  void abandon() {
    if (over() || told) {
      return;
    }
    tell(Refusals.NO_MORE_ASKED);
    if (call().waits()) {
      call().withdraw();
    } else {
      call().end(OutcomeKind.UNKNOWN, null);
    }
  }

  /** Whether nothing more comes of it. */
  boolean over() {
    return call == null || call.over();
  }

  /** Whether the stream that it was shown by has ended, so that the server may ask it again. */
  boolean left() {
    return stream.over();
  }

  /** The client answers it, so nobody else does. */
  void answered() {
    told = true;
  }

  private void drop() {
    if (question != null) {
      question.held().close();
      question = null;
    }
  }

  private void tell(Refusal refusal) {
    tell(GateErrors.error(Optional.of(id), refusal));
  }

  /** Once. A session that has ended is not told: it is ended at the server, too. */
  private void tell(byte[] answer) {
    drop();
    if (told || conversation.over()) {
      return;
    }
    told = true;
    conversation.ask(
        "POST",
        Headers.NONE,
        Headers.of(
            "content-type",
            "application/json",
            "accept",
            "application/json, text/event-stream",
            "mcp-protocol-version",
            conversation.revision().text()),
        new Bytes(answer),
        new Deaf());
  }
}
