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
 * way until the client answers it. On the conversation's event loop.
 */
final class ServerErrand implements Errand {
  private final Conversation conversation;
  private final EventFlow stream;
  private final Request request;
  private final ServerEvent event;
  private final EventRoom.Held held;
  private @Nullable Call call;

  /**
   * @param held the event's
   */
  ServerErrand(
      Conversation conversation,
      EventFlow stream,
      Request request,
      ServerEvent event,
      EventRoom.Held held) {
    this.conversation = conversation;
    this.stream = stream;
    this.request = request;
    this.event = event;
    this.held = held;
  }

  void begin() {
    try {
      conversation.submit(Asked.ofServer(request, conversation.revision()), this);
    } catch (RefusedMessageException e) {
      held.close();
      tell(GateErrors.error(e));
    }
  }

  @Override
  public void submitted(Call submitted) {
    call = submitted;
  }

  @Override
  public void run(Call granted, Decision.Run run) {
    switch (new Passing(run.plan()).request(request)) {
      case Passing.Shown.As(Bytes message) -> show(granted, message);
      case Passing.Shown.Withheld(Refusal refusal) -> {
        tell(GateErrors.error(Optional.of(request.id()), refusal));
        granted.end(OutcomeKind.REFUSED, null);
      }
    }
    held.close();
  }

  private void show(Call granted, Bytes message) {
    if (!conversation.asks(request.id(), granted)) {
      Refusal twice = Refusal.of(Refusal.Kind.NOT_UNDERSTOOD, "the id of this is in use");
      tell(GateErrors.error(Optional.of(request.id()), twice));
      granted.end(OutcomeKind.REFUSED, null);
    } else if (granted.exceeds(message) == null) {
      // Its few bytes are held back by nothing; what follows in the stream is.
      granted.record(message, false, () -> {});
      stream.write(message, event, held);
    } else {
      granted.end(OutcomeKind.REFUSED, null);
    }
  }

  @Override
  public void refused(Call unused, Refusal refusal) {
    held.close();
    tell(GateErrors.error(Optional.of(request.id()), refusal));
  }

  /** The server does, not the client. */
  @Override
  public boolean awaits(RequestId id) {
    return false;
  }

  @Override
  public void cut(Refusal refusal, CloseReason reason) {
    held.close();
  }

  @Override
  public Optional<Passing> passes() {
    return Optional.empty();
  }

  @Override
  public void drain() {}

  /** The stream that it came by has ended. */
  void abandon() {
    held.close();
    if (call != null) {
      if (call.waits()) {
        call.withdraw();
      } else {
        call.end(OutcomeKind.UNKNOWN, null);
      }
    }
  }

  /** Whether nothing more comes of it. */
  boolean over() {
    return call == null || call.over();
  }

  private void tell(byte[] answer) {
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
