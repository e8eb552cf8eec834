package io.gatehouse.appliance.catalog;

import io.gatehouse.plugin.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of the catalog statement by section, with fields that are read strictly. */
final class Sections {
  private final Map<String, List<Row>> rows = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  private Sections() {}

  static Sections of(List<List<Value>> result) {
    Sections sections = new Sections();
    for (List<Value> row : result) {
      if (row.size() != 2
          || !(row.get(0) instanceof Value.Text section)
          || !(row.get(1) instanceof Value.Text fields)) {
        throw new IllegalArgumentException("a row that is not a section and its fields");
      }
      sections
          .rows
          .computeIfAbsent(section.value(), _ -> new ArrayList<>())
          .add(new Row(sections, ArrayLiteral.parse(fields.value())));
    }
    return sections;
  }

  List<Row> of(String section) {
    return rows.getOrDefault(section, List.of());
  }

  Row only(String section) {
    List<Row> found = of(section);
    if (found.size() != 1) {
      throw new IllegalArgumentException(found.size() + " rows of section " + section);
    }
    return found.getFirst();
  }

  /** Names repeat: the same columns in thousands of tables. */
  private String shared(String name) {
    @Nullable String known = names.putIfAbsent(name, name);
    return known == null ? name : known;
  }

  /** One row of a section. */
  record Row(Sections sections, List<@Nullable String> fields) {

    @Nullable String nullable(int index) {
      return fields.get(index);
    }

    String text(int index) {
      String field = fields.get(index);
      if (field == null) {
        throw new IllegalArgumentException("no field " + index);
      }
      return sections.shared(field);
    }

    char letter(int index) {
      String text = text(index);
      return text.isEmpty() ? ' ' : text.charAt(0);
    }

    long oid(int index) {
      return Long.parseLong(text(index));
    }

    int number(int index) {
      return Integer.parseInt(text(index));
    }

    boolean yes(int index) {
      return switch (text(index)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("neither true nor false");
      };
    }

    /** Elements of an array in this field; empty where it is NULL. */
    List<@Nullable String> list(int index) {
      String field = fields.get(index);
      if (field == null) {
        return List.of();
      }
      List<@Nullable String> elements = new ArrayList<>();
      for (String element : ArrayLiteral.parse(field)) {
        elements.add(element == null ? null : sections.shared(element));
      }
      return elements;
    }

    /** As {@link #list} where none of them is NULL. */
    List<String> texts(int index) {
      List<String> texts = new ArrayList<>();
      for (String element : list(index)) {
        if (element == null) {
          throw new IllegalArgumentException("an element of field " + index + " is missing");
        }
        texts.add(element);
      }
      return texts;
    }

    List<Long> oids(int index) {
      List<Long> oids = new ArrayList<>();
      for (String element : list(index)) {
        if (element != null) {
          oids.add(Long.valueOf(element));
        }
      }
      return oids;
    }
  }
}
