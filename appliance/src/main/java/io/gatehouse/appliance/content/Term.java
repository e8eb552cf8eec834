package io.gatehouse.appliance.content;

import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.json.JsonPath;
import io.gatehouse.spi.json.JsonPath.Step;
import io.gatehouse.spi.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one rule protects of a result.
 *
 * @param number from 1, in the order of the rules
 * @param paths none for every value
 */
record Term(int number, Verdict.Masked masked, List<Place> paths) {
  private static final String STRUCTURED = "structuredContent";

  /**
   * Where a rule looks.
   *
   * @param inText the same place in JSON that a text holds, which stands for the structured content
   */
  record Place(JsonPath path, Optional<JsonPath> inText) {}

  static Term of(int number, Verdict.Masked masked) {
    List<Place> places = new ArrayList<>();
    for (String written : masked.fields().paths()) {
      JsonPath path = JsonPath.parse(written);
      places.add(new Place(path, inText(path)));
    }
    return new Term(number, masked, List.copyOf(places));
  }

  boolean everything() {
    return paths.isEmpty();
  }

  private static Optional<JsonPath> inText(JsonPath path) {
    return switch (path.steps().getFirst()) {
      case Step.Name(String name) ->
          name.equals(STRUCTURED) ? Optional.of(behind(path)) : Optional.empty();
      case Step.EachMember _ -> Optional.of(behind(path));
      case Step.Everything _ -> Optional.of(path);
      case Step.Index _, Step.EachItem _ -> Optional.empty();
    };
  }

  /** From the second step on; all that there is where there is none. */
  private static JsonPath behind(JsonPath path) {
    StringBuilder written = new StringBuilder();
    for (Step step : path.steps().subList(1, path.steps().size())) {
      String dot = written.isEmpty() ? "" : ".";
      switch (step) {
        case Step.Name(String name) -> written.append('[').append(quoted(name)).append(']');
        case Step.Index(int index) -> written.append('[').append(index).append(']');
        case Step.EachItem _ -> written.append("[*]");
        case Step.EachMember _ -> written.append(dot).append('*');
        case Step.Everything _ -> written.append(dot).append("**");
      }
    }
    return JsonPath.parse(written.isEmpty() ? "**" : written.toString());
  }

  private static String quoted(String name) {
    return new String(JsonWriter.bytes(name), StandardCharsets.UTF_8);
  }
}
