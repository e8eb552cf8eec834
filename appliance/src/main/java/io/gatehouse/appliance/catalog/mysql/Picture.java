package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.plugin.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one reading by section, with fields that are read strictly. */
final class Picture {
  private final Map<String, List<Row>> rows = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final List<String> hashes = new ArrayList<>();

  private Picture() {}

  static Picture of(List<List<Value>> result) {
    Picture picture = new Picture();
    result.forEach(picture::add);
    return picture;
  }

  private void add(List<Value> values) {
    if (values.size() != Statements.FIELDS + 2) {
      throw new IllegalArgumentException("a row that is not a section and its fields");
    }
    List<@Nullable String> fields = new ArrayList<>();
    for (Value value : values.subList(1, values.size() - 1)) {
      fields.add(shared(value));
    }
    rows.computeIfAbsent(required(values.getFirst()), _ -> new ArrayList<>()).add(new Row(fields));
    hashes.add(required(values.getLast()));
  }

  /** Names repeat: the same columns in thousands of tables. */
  private @Nullable String shared(Value value) {
    String text = text(value);
    if (text == null) {
      return null;
    }
    String known = names.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  static String required(Value value) {
    String text = text(value);
    if (text == null) {
      throw new IllegalArgumentException("a field is missing");
    }
    return text;
  }

  private static @Nullable String text(Value value) {
    if (value instanceof Value.Null) {
      return null;
    }
    if (value instanceof Value.Text text) {
      return text.value();
    }
    if (value instanceof Value.Bytes bytes) {
      return decoded(bytes.value());
    }
    throw new IllegalArgumentException("a field that is no text");
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a field that is not in UTF-8", e);
    }
  }

  List<Row> of(String section) {
    return rows.getOrDefault(section, List.of());
  }

  String fingerprint() {
    return Fingerprint.of(hashes);
  }

  /** One row of a section. */
  record Row(List<@Nullable String> fields) {

    @Nullable String nullable(int index) {
      return fields.get(index);
    }

    String text(int index) {
      String field = fields.get(index);
      if (field == null) {
        throw new IllegalArgumentException("no field " + index);
      }
      return field;
    }

    int number(int index) {
      return Integer.parseInt(text(index));
    }
  }
}
