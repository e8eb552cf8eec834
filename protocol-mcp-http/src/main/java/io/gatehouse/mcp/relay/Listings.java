package io.gatehouse.mcp.relay;

import io.gatehouse.spi.CommandForm.Call.Kind;
import io.gatehouse.spi.Content.Listed;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a result lists. */
final class Listings {

  /** Where a list stands in a result, and what its items are called by. */
  private record Shelf(String member, Kind kind, String name) {}

  private static final List<Shelf> SHELVES =
      List.of(
          new Shelf("tools", Kind.TOOL, "name"),
          new Shelf("prompts", Kind.PROMPT, "name"),
          new Shelf("resources", Kind.DOCUMENT, "uri"),
          new Shelf("resourceTemplates", Kind.DOCUMENT, "uriTemplate"));

  private Listings() {}

  /** Empty if some item cannot be told from another: nobody can decide about it. */
  static Optional<List<Listed>> of(JsonValue result) {
    List<Listed> listed = new ArrayList<>();
    for (Shelf shelf : SHELVES) {
      if (result.hasLookalike(shelf.member())) {
        return Optional.empty();
      }
      Optional<JsonValue> list = result.find(shelf.member());
      if (list.isEmpty()) {
        continue;
      }
      if (!list.get().is(JsonKind.ARRAY)) {
        return Optional.empty();
      }
      for (JsonValue item : list.get().items()) {
        Optional<JsonValue> name = name(item, shelf.name());
        if (name.isEmpty()) {
          return Optional.empty();
        }
        listed.add(new Listed(shelf.kind(), "", name.get().text(), item));
      }
    }
    return Optional.of(listed);
  }

  private static Optional<JsonValue> name(JsonValue item, String member) {
    return item.is(JsonKind.OBJECT) && !item.hasLookalike(member)
        ? item.find(member).filter(name -> name.is(JsonKind.STRING))
        : Optional.empty();
  }
}
