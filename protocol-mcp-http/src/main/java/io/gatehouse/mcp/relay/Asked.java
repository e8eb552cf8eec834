package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.rpc.ErrorCode;
import io.gatehouse.mcp.rpc.Method;
import io.gatehouse.mcp.rpc.Notification;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.Request;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.rpc.Revision;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked, as the gate decides it. */
record Asked(Kind kind, String name, JsonText message, @Nullable JsonValue arguments)
    implements CommandForm.Call {

  @Override
  public String server() {
    return "";
  }

  /** A client's request. */
  static Asked of(Request request, Revision revision) throws RefusedMessageException {
    Method method = method(request, revision, Method.find(request.method()), true);
    io.gatehouse.mcp.rpc.Named named = io.gatehouse.mcp.rpc.Named.read(request, method);
    return new Asked(
        kind(method),
        named.name().orElse(method.wire()),
        request.whole().within(),
        named.arguments().orElse(null));
  }

  /** What a server asks the client. */
  static Asked ofServer(Request request, Revision revision) throws RefusedMessageException {
    Method method = method(request, revision, Method.find(request.method()), false);
    return new Asked(kind(method), method.wire(), request.whole().within(), null);
  }

  /** Something that a client has known. */
  static Asked of(Notification notification, Revision revision) throws RefusedMessageException {
    Method method =
        Method.find(notification.method())
            .filter(one -> one.notification() && one.saidByClients() && one.in(revision))
            .orElseThrow(() -> unknown(Optional.empty()));
    return new Asked(kind(method), method.wire(), notification.whole().within(), null);
  }

  /** What is asked by a method of HTTP alone. */
  static Asked http(String method) {
    byte[] text = ("{\"http\":\"" + method + "\"}").getBytes(StandardCharsets.US_ASCII);
    try {
      return new Asked(Kind.SESSION, method, JsonText.read(text, JsonLimits.DEFAULTS), null);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the gate's own message is no JSON", e);
    }
  }

  private static Method method(
      Request request, Revision revision, Optional<Method> known, boolean client)
      throws RefusedMessageException {
    return known
        .filter(one -> !one.notification() && one.in(revision) && !task(one))
        .filter(one -> client ? one.saidByClients() : one.saidByServers())
        .orElseThrow(() -> unknown(Optional.of(request.id())));
  }

  /** Its result is that of another call, which was decided under other rules. */
  private static boolean task(Method method) {
    return method.subject() == Method.Subject.TASK || method == Method.TASKS_LIST;
  }

  private static RefusedMessageException unknown(Optional<RequestId> id) {
    return new RefusedMessageException(
        ErrorCode.METHOD_NOT_FOUND, "the method is not served here", id);
  }

  private static Kind kind(Method method) {
    return switch (method) {
      case TOOLS_CALL -> Kind.TOOL;
      case RESOURCES_READ -> Kind.DOCUMENT;
      case PROMPTS_GET -> Kind.PROMPT;
      case COMPLETION_COMPLETE -> Kind.COMPLETION;
      case TOOLS_LIST, RESOURCES_LIST, RESOURCES_TEMPLATES_LIST, PROMPTS_LIST -> Kind.LISTING;
      case RESOURCES_SUBSCRIBE, RESOURCES_UNSUBSCRIBE, SUBSCRIPTIONS_LISTEN -> Kind.SUBSCRIPTION;
      case SAMPLING_CREATE_MESSAGE -> Kind.SAMPLING;
      case ELICITATION_CREATE -> Kind.ELICITATION;
      case INITIALIZE,
          PING,
          SERVER_DISCOVER,
          LOGGING_SET_LEVEL,
          ROOTS_LIST,
          TASKS_GET,
          TASKS_CANCEL,
          TASKS_RESULT,
          TASKS_LIST,
          TASKS_UPDATE,
          INITIALIZED,
          CANCELLED,
          PROGRESS,
          LOG_MESSAGE,
          RESOURCES_UPDATED,
          RESOURCES_CHANGED,
          TOOLS_CHANGED,
          PROMPTS_CHANGED,
          ROOTS_CHANGED,
          ELICITATION_COMPLETE,
          TASKS_STATUS,
          SUBSCRIPTIONS_ACKNOWLEDGED ->
          Kind.SESSION;
    };
  }
}
