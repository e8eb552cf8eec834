package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.rpc.Batch;
import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.Notification;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.Request;
import io.gatehouse.mcp.sse.EventDecoder;
import io.gatehouse.mcp.sse.EventLimits;
import io.gatehouse.mcp.sse.EventPiece;
import io.gatehouse.mcp.sse.Filler;
import io.gatehouse.mcp.sse.MalformedEventException;
import io.gatehouse.mcp.sse.ServerEvent;
import io.gatehouse.spi.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's stream of events, event by event. Each is written anew: what a client passes over
 * (comments, unknown fields) says nothing here. On the conversation's event loop.
 */
final class EventFlow {
  private final Forwarding owner;
  private final Conversation conversation;
  private final Client client;
  private final EventDecoder decoder = new EventDecoder(EventLimits.DEFAULTS);
  private final List<ServerErrand> asked = new ArrayList<>();
  private final EventRoom room;

  /** The room of the event that is looked at. */
  private EventRoom.Held held;

  EventFlow(Forwarding owner, Conversation conversation, Client client) {
    this.owner = owner;
    this.conversation = conversation;
    this.client = client;
    room = new EventRoom(conversation.surroundings().answers());
    held = room.whole();
  }

  void comes(ByteBuf part) {
    if (!room.holds(decoder.unfinishedBytes() + (long) part.readableBytes())) {
      owner.noRoom();
      return;
    }
    try {
      decoder.decode(part, this::piece);
    } catch (MalformedEventException e) {
      owner.violated("a stream that is none: " + e.getMessage());
    }
  }

  /** Nothing more of it is needed. */
  void drop() {
    room.whole().close();
  }

  /** Whether nothing more can be shown in it. */
  boolean over() {
    return owner.over();
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
      case ServerEvent event -> {
        held = room.whole();
        try {
          event(event);
        } finally {
          held.close();
        }
      }
      case Filler _ -> client.keepAlive();
    }
  }

  private void event(ServerEvent event) {
    byte[] data = event.data();
    if (data.length == 0 || !event.type().equals("message")) {
      mark(event);
      return;
    }
    try {
      switch (Passing.read(data)) {
        case Notification said -> said(said, event);
        case Request request -> asks(request, event);
        case Message.Single answer when Passing.answers(answer, owner.subject().ask().id()) ->
            answered(answer, event);
        case Message.Single _ -> owner.violated("an answer to what was not asked");
        case Batch _ -> owner.violated("several messages in one event");
      }
    } catch (RefusedMessageException e) {
      owner.violated("a message that is none: " + e.getMessage());
    }
  }

  /** What a client keeps for when it comes again. */
  private void mark(ServerEvent event) {
    Optional<String> id = event.id().flatMap(owner::eventId);
    if (id.isPresent()) {
      client.event(event.retry(), id, Bytes.NONE.array(), () -> {});
    } else if (event.retry().isPresent()) {
      client.retry(event.retry().getAsLong());
    } else {
      client.keepAlive();
    }
  }

  /** What is said by the stream that is for no request may be about any that is under way. */
  private void said(Notification notification, ServerEvent event) throws RefusedMessageException {
    Optional<Bytes> message = owner.subject().passing().said(notification);
    for (Passing plan : owner.others()) {
      if (message.isPresent()) {
        message = plan.said(message.get());
      }
    }
    if (message.isPresent() && mayBeSent(message.get(), false)) {
      write(message.get(), event);
    }
  }

  private void asks(Request request, ServerEvent event) {
    ServerErrand errand = new ServerErrand(conversation, this, request, event, held.handedOn());
    errand.begin();
    asked.removeIf(ServerErrand::over);
    asked.add(errand);
  }

  private void answered(Message.Single answer, ServerEvent event) {
    switch (owner.subject().passing().answer(answer)) {
      case Passing.Shown.As(Bytes message) -> {
        if (owner.introduces(answer) && mayBeSent(message, true)) {
          owner.answered(Passing.outcome(answer), Passing.code(answer));
          write(message, event);
          client.end();
        }
      }
      case Passing.Shown.Withheld(Refusal refusal) -> owner.withheld(refusal);
    }
  }

  /** Whether it is within its limits, and on record. */
  private boolean mayBeSent(Bytes message, boolean last) {
    Call call = owner.subject().call();
    Refusal exceeded = call.exceeds(message);
    if (exceeded != null) {
      owner.withheld(exceeded);
      return false;
    }
    owner.record(call, message, last);
    return true;
  }

  private void write(Bytes message, ServerEvent event) {
    write(message, event, held);
  }

  /**
   * In the place of that event.
   *
   * @param place the event's, closed when the client has the message
   */
  void write(Bytes message, ServerEvent event, EventRoom.Held place) {
    EventRoom.Held sent = place.handedOn();
    client.event(event.retry(), event.id().flatMap(owner::eventId), message.array(), sent::close);
  }
}
