package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads messages. A member that JSON-RPC does not know is refused, as the SDKs of the protocol's
 * makers do: nobody decides about it, and a lenient reader might take {@code Params} for {@code
 * params}. Immutable.
 */
public final class MessageReader {
  private static final Set<String> CALL = Set.of("jsonrpc", "id", "method", "params");
  private static final Set<String> ANSWER = Set.of("jsonrpc", "id", "result", "error");
  private static final Set<String> ERROR = Set.of("code", "message", "data");
  private static final int MAX_METHOD_CHARACTERS = 256;

  private final JsonLimits limits;
  private final int batchMessages;

  /**
   * @param batchMessages of one batch
   */
  public MessageReader(JsonLimits limits, int batchMessages) {
    this.limits = limits;
    this.batchMessages = batchMessages;
  }

  /**
   * @param utf8 kept, and not to be changed any more
   * @param batches whether the revision has them
   */
  public Message read(byte[] utf8, boolean batches) throws RefusedMessageException {
    JsonText text;
    try {
      text = JsonText.read(utf8, limits);
    } catch (MalformedJsonException e) {
      ErrorCode code = e.fault().limit() ? ErrorCode.INVALID_REQUEST : ErrorCode.PARSE_ERROR;
      throw new RefusedMessageException(code, "not JSON: " + e.getMessage(), Optional.empty());
    }
    JsonValue root = text.root();
    if (!root.is(JsonKind.ARRAY)) {
      return single(root);
    }
    if (!batches) {
      throw invalid("this revision has no batches: send one message", Optional.empty());
    }
    return batch(root);
  }

  private Batch batch(JsonValue array) throws RefusedMessageException {
    if (array.size() == 0 || array.size() > batchMessages) {
      throw invalid("a batch has 1 to " + batchMessages + " messages", Optional.empty());
    }
    List<Message.Single> messages = new ArrayList<>(array.size());
    Set<RequestId> ids = new HashSet<>();
    for (JsonValue item : array.items()) {
      Message.Single message = single(item);
      if (message instanceof Request request) {
        if (!ids.add(request.id())) {
          throw invalid("an id stands twice in a batch", Optional.empty());
        }
        if (request.method().equals(Method.INITIALIZE.wire())) {
          throw invalid("initialize stands in no batch", Optional.empty());
        }
      }
      messages.add(message);
    }
    return new Batch(array, messages);
  }

  private static Message.Single single(JsonValue value) throws RefusedMessageException {
    if (!value.is(JsonKind.OBJECT)) {
      throw invalid("a message is an object", Optional.empty());
    }
    Optional<JsonValue> method = value.find("method");
    Optional<JsonValue> idValue = value.find("id");
    Optional<RequestId> id = idValue.flatMap(RequestId::read);
    Optional<RequestId> asked = method.isPresent() ? id : Optional.empty();
    boolean versioned =
        value
            .find("jsonrpc")
            .filter(v -> v.is(JsonKind.STRING) && v.text().equals("2.0"))
            .isPresent();
    if (!versioned) {
      throw invalid("jsonrpc must be \"2.0\"", asked);
    }
    requireKnown(value, method.isPresent() ? CALL : ANSWER, asked);
    if (method.isPresent()) {
      if (idValue.isPresent() && id.isEmpty()) {
        throw invalid("id must be a string or a whole number", Optional.empty());
      }
      return call(value, id, method.get());
    }
    return answer(value, idValue, id);
  }

  private static Message.Single call(JsonValue whole, Optional<RequestId> id, JsonValue method)
      throws RefusedMessageException {
    if (!method.is(JsonKind.STRING)
        || method.end() - method.start() > MAX_METHOD_CHARACTERS
        || method.text().isEmpty()) {
      throw invalid("method must be a string of 1 to " + MAX_METHOD_CHARACTERS + " bytes", id);
    }
    Optional<JsonValue> params = whole.find("params");
    if (params.isPresent() && !params.get().is(JsonKind.OBJECT)) {
      throw invalid("params must be an object", id);
    }
    return id.isPresent()
        ? new Request(whole, id.get(), method.text(), params)
        : new Notification(whole, method.text(), params);
  }

  private static Message.Single answer(
      JsonValue whole, Optional<JsonValue> idValue, Optional<RequestId> id)
      throws RefusedMessageException {
    Optional<JsonValue> result = whole.find("result");
    Optional<JsonValue> error = whole.find("error");
    if (result.isPresent() == error.isPresent()) {
      throw invalid("a message has one of method, result and error", Optional.empty());
    }
    boolean unreadable = idValue.isEmpty() || idValue.get().is(JsonKind.NULL);
    if (id.isEmpty() && !(unreadable && error.isPresent())) {
      throw invalid("id must be a string or a whole number", Optional.empty());
    }
    if (error.isPresent()) {
      return failure(whole, id, error.get());
    }
    if (!result.get().is(JsonKind.OBJECT)) {
      throw invalid("result must be an object", Optional.empty());
    }
    return new Result(whole, id.orElseThrow(), result.get());
  }

  private static Failure failure(JsonValue whole, Optional<RequestId> id, JsonValue error)
      throws RefusedMessageException {
    if (!error.is(JsonKind.OBJECT)) {
      throw invalid("error must be an object", Optional.empty());
    }
    requireKnown(error, ERROR, Optional.empty());
    Optional<JsonValue> code = error.find("code").filter(MessageReader::whole);
    Optional<JsonValue> message = error.find("message").filter(m -> m.is(JsonKind.STRING));
    if (code.isEmpty() || message.isEmpty()) {
      throw invalid("error needs a whole number as code and a string as message", Optional.empty());
    }
    return new Failure(
        whole, id, code.get().decimal().intValueExact(), message.get(), error.find("data"));
  }

  private static boolean whole(JsonValue code) {
    if (!code.is(JsonKind.NUMBER)) {
      return false;
    }
    String digits = code.number();
    return digits.length() <= 11
        && digits.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')
        && code.decimal().longValueExact() == code.decimal().intValue();
  }

  private static void requireKnown(JsonValue object, Set<String> names, Optional<RequestId> id)
      throws RefusedMessageException {
    for (JsonMember member : object.members()) {
      if (!names.contains(member.name())) {
        throw invalid("a member that JSON-RPC does not know there", id);
      }
    }
  }

  private static RefusedMessageException invalid(String message, Optional<RequestId> id) {
    return new RefusedMessageException(ErrorCode.INVALID_REQUEST, message, id);
  }
}
