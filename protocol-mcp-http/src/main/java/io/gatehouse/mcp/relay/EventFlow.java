package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.relay.Ask.Role;
import io.gatehouse.mcp.rpc.Batch;
import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.Notification;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.Request;
import io.gatehouse.mcp.sse.EventDecoder;
import io.gatehouse.mcp.sse.EventLimits;
import io.gatehouse.mcp.sse.EventPiece;
import io.gatehouse.mcp.sse.EventWriter;
import io.gatehouse.mcp.sse.Filler;
import io.gatehouse.mcp.sse.MalformedEventException;
import io.gatehouse.mcp.sse.ServerEvent;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's stream of events, event by event. Each is written anew: what a client passes over
 * (comments, unknown fields) says nothing here. On the conversation's event loop.
 */
final class EventFlow {
  private static final byte[] NOTHING = {};

  private final Forwarding owner;
  private final Conversation conversation;
  private final Client client;
  private final EventDecoder decoder = new EventDecoder(EventLimits.DEFAULTS);
  private final List<ServerErrand> asked = new ArrayList<>();

  EventFlow(Forwarding owner, Conversation conversation, Client client) {
    this.owner = owner;
    this.conversation = conversation;
    this.client = client;
  }

  void comes(ByteBuf part) {
    try {
      decoder.decode(part, this::piece);
    } catch (MalformedEventException e) {
      owner.violated("a stream that is none: " + e.getMessage());
    }
  }

  /** What the server asked in it cannot be shown any more. */
  void ends() {
    List.copyOf(asked).forEach(ServerErrand::abandon);
  }

  private void piece(EventPiece piece) {
    if (owner.over()) {
      return;
    }
    switch (piece) {
      case ServerEvent event -> event(event);
      case Filler _ -> {
        ByteBuf out = ByteBufAllocator.DEFAULT.buffer();
        EventWriter.keepAlive(out);
        client.write(out);
      }
    }
  }

  private void event(ServerEvent event) {
    if (!event.hasData() || event.data().length == 0 || !event.type().equals("message")) {
      mark(event);
      return;
    }
    try {
      switch (Passing.read(event.data())) {
        case Notification said -> said(said, event);
        case Request request -> asks(request, event);
        case Message.Single answer when Passing.answers(answer, owner.ask().id()) ->
            answered(answer, event);
        case Message.Single answer -> answeredLate(answer, event);
        case Batch _ -> owner.violated("several messages in one event");
      }
    } catch (RefusedMessageException e) {
      owner.violated("a message that is none: " + e.getMessage());
    }
  }

  /** What a client keeps for when it comes again. */
  private void mark(ServerEvent event) {
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer();
    event.retry().ifPresent(millis -> EventWriter.retry(out, millis));
    if (event.id().isPresent()) {
      EventWriter.event(out, "message", event.id(), NOTHING);
    }
    client.write(out);
  }

  /** What is said by the stream that is for no request may be about any that is under way. */
  private void said(Notification notification, ServerEvent event) throws RefusedMessageException {
    Optional<Bytes> message = owner.passing().said(notification);
    if (owner.ask().role() == Role.LISTEN) {
      for (Passing plan : conversation.plans()) {
        if (message.isPresent()) {
          message = plan.said(message.get());
        }
      }
    }
    if (message.isPresent() && mayBeSent(message.get(), false)) {
      write(message.get(), event);
    }
  }

  private void asks(Request request, ServerEvent event) {
    ServerErrand errand = new ServerErrand(conversation, this, request, event);
    errand.begin();
    asked.removeIf(ServerErrand::over);
    asked.add(errand);
  }

  private void answered(Message.Single answer, ServerEvent event) {
    switch (owner.passing().answer(answer)) {
      case Passing.Shown.As(Bytes message) -> {
        if (owner.introduces(answer) && mayBeSent(message, true)) {
          owner.over(Passing.outcome(answer), Passing.code(answer));
          write(message, event);
          client.end();
        }
      }
      case Passing.Shown.Withheld(Refusal refusal) -> owner.withheld(refusal);
    }
  }

  /** To a request whose own stream has ended. */
  private void answeredLate(Message.Single answer, ServerEvent event) {
    Optional<LeftOpen.Request> open =
        owner.ask().role() == Role.LISTEN
            ? Passing.id(answer).flatMap(conversation.leftOpen()::take)
            : Optional.empty();
    if (open.isEmpty()) {
      owner.violated("an answer to what was not asked");
      return;
    }
    Call its = open.get().call();
    switch (open.get().passing().answer(answer)) {
      case Passing.Shown.As(Bytes message) when its.exceeds(message) == null -> {
        owner.record(its, message, true);
        its.end(Passing.outcome(answer), Passing.code(answer));
        write(message, event);
      }
      case Passing.Shown.As _ -> withheld(its, answer, Call.TOO_LARGE);
      case Passing.Shown.Withheld(Refusal refusal) -> withheld(its, answer, refusal);
    }
  }

  private void withheld(Call its, Message.Single answer, Refusal refusal) {
    its.end(OutcomeKind.REFUSED, null);
    write(GateErrors.error(Passing.id(answer), refusal));
  }

  /** Whether it is within its limits, and on record. */
  private boolean mayBeSent(Bytes message, boolean last) {
    Refusal exceeded = owner.call().exceeds(message);
    if (exceeded != null) {
      owner.withheld(exceeded);
      return false;
    }
    owner.record(owner.call(), message, last);
    return true;
  }

  /** In the place of that event. */
  void write(Bytes message, ServerEvent event) {
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer(message.length() + 64);
    event.retry().ifPresent(millis -> EventWriter.retry(out, millis));
    EventWriter.event(out, "message", event.id(), message.array());
    client.write(out);
  }

  /** An event of the gate's own. */
  void write(byte[] message) {
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer(message.length + 64);
    EventWriter.event(out, "message", Optional.empty(), message);
    client.write(out);
  }
}
