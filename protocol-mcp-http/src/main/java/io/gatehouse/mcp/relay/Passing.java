package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.rpc.Failure;
import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.MessageReader;
import io.gatehouse.mcp.rpc.Method;
import io.gatehouse.mcp.rpc.Notification;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.Request;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.rpc.Result;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.Content.Listed;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of the server's messages a client may see, by the plan of the call that they are for. */
final class Passing {
  private static final MessageReader READER =
      new MessageReader(JsonLimits.DEFAULTS.withBytes(16 << 20), 1);

  /** What the gate wrote itself may be longer than what came. */
  private static final JsonLimits REWRITTEN =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.MAX_DEPTH, Integer.MAX_VALUE, 1 << 16);

  /** What the client gets. */
  sealed interface Shown {
    record As(Bytes message) implements Shown {}

    record Withheld(Refusal refusal) implements Shown {}
  }

  private final ResultPlan plan;

  Passing(ResultPlan plan) {
    this.plan = plan;
  }

  /** Whether it decides anything. */
  boolean looks() {
    return !plan.equals(ResultPlan.UNTOUCHED);
  }

  /**
   * @param bytes kept, and not to be changed any more
   */
  static Message read(byte[] bytes) throws RefusedMessageException {
    return READER.read(bytes, false);
  }

  /** Whether it is the answer to that request, by its id. */
  static boolean answers(Message.Single message, Optional<RequestId> asked) {
    return switch (message) {
      case Result result -> asked.isPresent() && asked.get().equals(result.id());
      case Failure failure -> asked.isPresent() && failure.id().equals(asked);
      case Request _, Notification _ -> false;
    };
  }

  /** Whether it is an error that does not say of what. */
  static boolean anonymous(Message.Single message) {
    return message instanceof Failure failure && failure.id().isEmpty();
  }

  static OutcomeKind outcome(Message.Single answer) {
    return answer instanceof Failure ? OutcomeKind.FAILED : OutcomeKind.SUCCEEDED;
  }

  /** For the record: what the server calls it that it did not do what was asked. */
  static @Nullable String code(Message.Single answer) {
    return answer instanceof Failure failure ? Integer.toString(failure.code()) : null;
  }

  Shown answer(Message.Single answer) {
    return switch (answer) {
      case Result result -> result(result);
      case Failure failure -> shown(failure.whole(), said(failure.whole(), "error"), List.of());
      case Request _, Notification _ -> throw new IllegalStateException("these answer nothing");
    };
  }

  private Shown result(Result result) {
    if (plan.equals(ResultPlan.UNTOUCHED)) {
      return as(result.whole());
    }
    Optional<List<Listed>> listed = Listings.of(result.result());
    return listed.isEmpty()
        ? new Shown.Withheld(
            Refusals.server("the server lists what has no name to decide by, so it is withheld"))
        : shown(result.whole(), result.result(), listed.get());
  }

  /** Nothing where it is withheld. One that is not known is for nobody. */
  Optional<Bytes> said(Notification notification) {
    boolean known =
        Method.find(notification.method())
            .filter(method -> method.notification() && method.saidByServers())
            .isPresent();
    return known
            && shown(notification.whole(), said(notification.whole(), "params"), List.of())
                instanceof Shown.As(Bytes message)
        ? Optional.of(message)
        : Optional.empty();
  }

  /** The same of one that has passed already. */
  Optional<Bytes> said(Bytes notification) throws RefusedMessageException {
    return plan.equals(ResultPlan.UNTOUCHED)
        ? Optional.of(notification)
        : read(notification.array()) instanceof Notification again ? said(again) : Optional.empty();
  }

  Shown request(Request request) {
    return shown(request.whole(), said(request.whole(), "params"), List.of());
  }

  /** What of a message is the server's to choose; all of it where that is missing. */
  private static JsonValue said(JsonValue whole, String member) {
    return whole.find(member).orElse(whole);
  }

  private static Shown as(JsonValue whole) {
    return new Shown.As(new Bytes(whole.within().bytes()));
  }

  private Shown shown(JsonValue whole, JsonValue value, List<Listed> listed) {
    if (plan.equals(ResultPlan.UNTOUCHED)) {
      return as(whole);
    }
    return switch (plan.content(new Content(whole.within(), value, listed))) {
      case ContentShape.Pass _ ->
          listed.isEmpty() ? as(whole) : mine(value, whole.within().bytes());
      case ContentShape.Rewrite(JsonEdit edit) ->
          listed.isEmpty() ? new Shown.As(new Bytes(edit.bytes())) : mine(value, edit.bytes());
      case ContentShape.Veto(Refusal refusal) -> new Shown.Withheld(refusal);
    };
  }

  /**
   * What was decided for one caller is not to be kept for others.
   *
   * @param message the whole as the plan left it
   */
  private static Shown mine(JsonValue result, byte[] message) {
    if (result.find("cacheScope").filter(Passing::others).isEmpty()) {
      return new Shown.As(new Bytes(message));
    }
    try {
      JsonText left = JsonText.read(message, REWRITTEN);
      JsonEdit edit = new JsonEdit(left);
      left.root()
          .find("result")
          .flatMap(now -> now.find("cacheScope"))
          .ifPresent(scope -> edit.text(scope, "private"));
      return new Shown.As(new Bytes(edit.bytes()));
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("what a plan leaves is JSON", e);
    }
  }

  private static boolean others(JsonValue scope) {
    return scope.is(JsonKind.STRING) && !scope.text().equals("private");
  }
}
