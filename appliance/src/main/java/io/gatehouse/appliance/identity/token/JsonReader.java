package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.identity.token.UnreadableJsonException.Problem;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what issuers and clients say in JSON as a tree. What two readers could disagree about is
 * refused, see {@link JsonText}. Total and bounded.
 */
public final class JsonReader {
  static final int MAX_DEPTH = 16;
  static final int MAX_VALUES = 4_096;

  /** The longest that a double needs to be written exactly enough is far shorter. */
  private static final int MAX_NUMBER = 32;

  /** Whoever took in the bytes has bounded them. */
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, MAX_DEPTH, MAX_VALUES, MAX_NUMBER);

  private JsonReader() {}

  /** The object that these bytes are, all of them. */
  public static Json.Members object(byte[] utf8) throws UnreadableJsonException {
    JsonValue root;
    try {
      root = JsonText.read(utf8, LIMITS).root();
    } catch (MalformedJsonException e) {
      throw new UnreadableJsonException(problem(e));
    }
    if (!root.is(JsonKind.OBJECT)) {
      throw new UnreadableJsonException(Problem.NOT_JSON);
    }
    return members(root);
  }

  private static Problem problem(MalformedJsonException e) {
    return switch (e.fault()) {
      case REPEATED_NAME -> Problem.REPEATED_NAME;
      case TOO_DEEP, TOO_MANY_VALUES, TOO_MANY_BYTES -> Problem.TOO_BIG;
      case ENDS_EARLY,
          UNEXPECTED,
          TRAILING,
          BYTE_ORDER_MARK,
          NOT_UTF8,
          CONTROL_CHARACTER,
          BAD_ESCAPE,
          HALF_A_CHARACTER,
          BAD_NUMBER,
          NUMBER_TOO_BIG ->
          Problem.NOT_JSON;
    };
  }

  private static Json tree(JsonValue value) {
    return switch (value.kind()) {
      case OBJECT -> members(value);
      case ARRAY -> {
        List<Json> items = new ArrayList<>(value.size());
        value.items().forEach(item -> items.add(tree(item)));
        yield new Json.Items(items);
      }
      case STRING -> new Json.Text(value.text());
      case NUMBER -> new Json.Numeric(Double.parseDouble(value.number()));
      case BOOLEAN -> new Json.Truth(value.truth());
      case NULL -> new Json.Null();
    };
  }

  private static Json.Members members(JsonValue object) {
    Map<String, Json> members = LinkedHashMap.newLinkedHashMap(object.size());
    object.members().forEach(member -> members.put(member.name(), tree(member.value())));
    return new Json.Members(members);
  }
}
