package io.gatehouse.mcp.rpc;

import static io.gatehouse.mcp.rpc.Revision.V2024_11_05;
import static io.gatehouse.mcp.rpc.Revision.V2025_06_18;
import static io.gatehouse.mcp.rpc.Revision.V2025_11_25;
import static io.gatehouse.mcp.rpc.Revision.V2026_07_28;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The methods of the specification in all its revisions, and of its tasks, which are an extension
 * from 2026-07-28 on. What is not here is a method of nobody's, or of an extension.
 */
public enum Method {
  INITIALIZE("initialize", Sender.CLIENT, Subject.NONE, V2024_11_05, V2025_11_25),
  PING("ping", Sender.BOTH, Subject.NONE, V2024_11_05, V2025_11_25),
  SERVER_DISCOVER("server/discover", Sender.CLIENT, Subject.NONE, V2026_07_28),
  TOOLS_LIST("tools/list", Sender.CLIENT, Subject.NONE, V2024_11_05),
  TOOLS_CALL("tools/call", Sender.CLIENT, Subject.NAME, V2024_11_05),
  RESOURCES_LIST("resources/list", Sender.CLIENT, Subject.NONE, V2024_11_05),
  RESOURCES_TEMPLATES_LIST("resources/templates/list", Sender.CLIENT, Subject.NONE, V2024_11_05),
  RESOURCES_READ("resources/read", Sender.CLIENT, Subject.URI, V2024_11_05),
  RESOURCES_SUBSCRIBE("resources/subscribe", Sender.CLIENT, Subject.URI, V2024_11_05, V2025_11_25),
  RESOURCES_UNSUBSCRIBE(
      "resources/unsubscribe", Sender.CLIENT, Subject.URI, V2024_11_05, V2025_11_25),
  SUBSCRIPTIONS_LISTEN("subscriptions/listen", Sender.CLIENT, Subject.NONE, V2026_07_28),
  PROMPTS_LIST("prompts/list", Sender.CLIENT, Subject.NONE, V2024_11_05),
  PROMPTS_GET("prompts/get", Sender.CLIENT, Subject.NAME, V2024_11_05),
  COMPLETION_COMPLETE("completion/complete", Sender.CLIENT, Subject.REFERENCE, V2024_11_05),
  LOGGING_SET_LEVEL("logging/setLevel", Sender.CLIENT, Subject.NONE, V2024_11_05, V2025_11_25),
  SAMPLING_CREATE_MESSAGE(
      "sampling/createMessage", Sender.SERVER, Subject.NONE, V2024_11_05, V2025_11_25),
  ROOTS_LIST("roots/list", Sender.SERVER, Subject.NONE, V2024_11_05, V2025_11_25),
  ELICITATION_CREATE("elicitation/create", Sender.SERVER, Subject.NONE, V2025_06_18, V2025_11_25),
  TASKS_GET("tasks/get", Sender.BOTH, Subject.TASK, V2025_11_25),
  TASKS_CANCEL("tasks/cancel", Sender.BOTH, Subject.TASK, V2025_11_25),
  TASKS_RESULT("tasks/result", Sender.BOTH, Subject.TASK, V2025_11_25, V2025_11_25),
  TASKS_LIST("tasks/list", Sender.BOTH, Subject.NONE, V2025_11_25, V2025_11_25),
  TASKS_UPDATE("tasks/update", Sender.CLIENT, Subject.TASK, V2026_07_28),
  INITIALIZED("notifications/initialized", Sender.CLIENT, Subject.NONE, V2024_11_05, V2025_11_25),
  CANCELLED("notifications/cancelled", Sender.BOTH, Subject.NONE, V2024_11_05),
  PROGRESS("notifications/progress", Sender.BOTH, Subject.NONE, V2024_11_05),
  LOG_MESSAGE("notifications/message", Sender.SERVER, Subject.NONE, V2024_11_05),
  RESOURCES_UPDATED("notifications/resources/updated", Sender.SERVER, Subject.URI, V2024_11_05),
  RESOURCES_CHANGED(
      "notifications/resources/list_changed", Sender.SERVER, Subject.NONE, V2024_11_05),
  TOOLS_CHANGED("notifications/tools/list_changed", Sender.SERVER, Subject.NONE, V2024_11_05),
  PROMPTS_CHANGED("notifications/prompts/list_changed", Sender.SERVER, Subject.NONE, V2024_11_05),
  ROOTS_CHANGED(
      "notifications/roots/list_changed", Sender.CLIENT, Subject.NONE, V2024_11_05, V2025_11_25),
  ELICITATION_COMPLETE(
      "notifications/elicitation/complete", Sender.SERVER, Subject.NONE, V2025_11_25, V2025_11_25),
  TASKS_STATUS("notifications/tasks/status", Sender.BOTH, Subject.TASK, V2025_11_25, V2025_11_25),
  SUBSCRIPTIONS_ACKNOWLEDGED(
      "notifications/subscriptions/acknowledged", Sender.SERVER, Subject.NONE, V2026_07_28);

  private static final Map<String, Method> BY_WIRE =
      Arrays.stream(values()).collect(Collectors.toMap(Method::wire, Function.identity()));

  /** Who says it. */
  public enum Sender {
    CLIENT,
    SERVER,
    BOTH
  }

  /** Which of its params says what it is about. */
  public enum Subject {
    NONE(""),
    NAME("name"),
    URI("uri"),
    TASK("taskId"),
    /** An object that is a prompt by its name, or a resource by its URI. */
    REFERENCE("ref");

    private final String member;

    Subject(String member) {
      this.member = member;
    }

    public String member() {
      return member;
    }
  }

  private final String wire;
  private final Sender sender;
  private final Subject subject;
  private final Revision first;
  private final Revision last;

  Method(String wire, Sender sender, Subject subject, Revision first) {
    this(wire, sender, subject, first, V2026_07_28);
  }

  Method(String wire, Sender sender, Subject subject, Revision first, Revision last) {
    this.wire = wire;
    this.sender = sender;
    this.subject = subject;
    this.first = first;
    this.last = last;
  }

  public static Optional<Method> find(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }

  /** As it stands in messages. */
  public String wire() {
    return wire;
  }

  public boolean notification() {
    return wire.startsWith("notifications/");
  }

  public boolean saidByClients() {
    return sender != Sender.SERVER;
  }

  public boolean saidByServers() {
    return sender != Sender.CLIENT;
  }

  public Subject subject() {
    return subject;
  }

  /** Whether its params have arguments. */
  public boolean arguments() {
    return this == TOOLS_CALL || this == PROMPTS_GET;
  }

  /** Whether {@code Mcp-Name} must say what its params name. */
  public boolean mirrored() {
    return switch (this) {
      case TOOLS_CALL, PROMPTS_GET, RESOURCES_READ, TASKS_GET, TASKS_UPDATE, TASKS_CANCEL -> true;
      default -> false;
    };
  }

  public boolean in(Revision revision) {
    return revision.compareTo(first) >= 0 && revision.compareTo(last) <= 0;
  }
}
