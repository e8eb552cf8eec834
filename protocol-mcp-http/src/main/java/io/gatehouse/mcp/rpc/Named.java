package io.gatehouse.mcp.rpc;

import io.gatehouse.mcp.rpc.Method.Subject;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * What a request is about, for whoever decides.
 *
 * @param name the tool, prompt, resource or task; none where the method has no such thing
 * @param arguments an object; none where there are none
 */
public record Named(Optional<String> name, Optional<JsonValue> arguments) {
  private static final String ARGUMENTS = "arguments";
  private static final String META = "_meta";

  /**
   * Reads what the request names, and sees to it that no reader can find another name there.
   *
   * @throws RefusedMessageException if a param is missing or of another kind, or another one has
   *     its name but for upper and lower case
   */
  public static Named read(Request request, Method method) throws RefusedMessageException {
    Optional<JsonValue> params = request.params();
    String member = method.subject().member();
    for (String read : List.of(member, ARGUMENTS, META)) {
      if (params.isPresent() && params.get().hasLookalike(read)) {
        throw invalid(request, "a param that looks like " + read);
      }
    }
    Optional<JsonValue> meta = params.flatMap(p -> p.find(META));
    if (meta.isPresent() && !meta.get().is(JsonKind.OBJECT)) {
      throw invalid(request, "_meta must be an object");
    }
    Optional<String> name =
        switch (method.subject()) {
          case NONE -> Optional.empty();
          case NAME, URI, TASK -> Optional.of(string(request, params, member));
          case REFERENCE -> Optional.of(reference(request, params.flatMap(p -> p.find(member))));
        };
    return new Named(name, method.arguments() ? arguments(request, method) : Optional.empty());
  }

  private static String string(Request request, Optional<JsonValue> object, String member)
      throws RefusedMessageException {
    return object
        .flatMap(o -> o.find(member))
        .filter(value -> value.is(JsonKind.STRING))
        .map(JsonValue::text)
        .orElseThrow(() -> invalid(request, member + " must be a string"));
  }

  private static String reference(Request request, Optional<JsonValue> reference)
      throws RefusedMessageException {
    for (String read : List.of("type", Subject.NAME.member(), Subject.URI.member())) {
      if (reference.isPresent() && reference.get().hasLookalike(read)) {
        throw invalid(request, "a member of ref that looks like " + read);
      }
    }
    return switch (string(request, reference, "type")) {
      case "ref/prompt" -> string(request, reference, Subject.NAME.member());
      case "ref/resource" -> string(request, reference, Subject.URI.member());
      default -> throw invalid(request, "the type of ref must be ref/prompt or ref/resource");
    };
  }

  private static Optional<JsonValue> arguments(Request request, Method method)
      throws RefusedMessageException {
    Optional<JsonValue> arguments = request.params().flatMap(p -> p.find(ARGUMENTS));
    if (arguments.isPresent() && !arguments.get().is(JsonKind.OBJECT)) {
      throw invalid(request, "arguments must be an object");
    }
    if (method == Method.PROMPTS_GET && arguments.isPresent()) {
      for (JsonMember argument : arguments.get().members()) {
        if (!argument.value().is(JsonKind.STRING)) {
          throw invalid(request, "arguments of prompts are strings");
        }
      }
    }
    return arguments;
  }

  private static RefusedMessageException invalid(Request request, String message) {
    return new RefusedMessageException(
        ErrorCode.INVALID_PARAMS, message, Optional.of(request.id()));
  }

  /** Says nothing of the arguments, which may be protected. */
  @Override
  public String toString() {
    return "named with " + arguments.map(JsonValue::size).orElse(0) + " arguments";
  }
}
