package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Resource.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The keys that name things: {@code tables}, {@code columns} and so on. */
final class SelectorReader {
  static final Map<String, Kind> KEYS = keys();
  static final Map<String, Kind> KINDS = Words.choices(Kind.values(), _ -> true);

  private SelectorReader() {}

  /** Of these there is one only, or the rule has a key of its own. */
  private static boolean nameless(Kind kind) {
    return switch (kind) {
      case SESSION, SERVER, DATABASE -> true;
      case SCHEMA,
          TABLE,
          COLUMN,
          SEQUENCE,
          FUNCTION,
          TYPE,
          ROLE,
          SETTING,
          CHANNEL,
          OBJECT,
          FILE,
          PROGRAM,
          TOOL,
          PROMPT,
          DOCUMENT,
          MODEL ->
          false;
    };
  }

  private static Map<String, Kind> keys() {
    Map<String, Kind> keys = new LinkedHashMap<>();
    Stream.of(Kind.values())
        .filter(kind -> !nameless(kind))
        .forEach(kind -> keys.put(Words.of(kind) + "s", kind));
    return keys;
  }

  /** Everything that the keys with this prefix name. */
  static List<Selector> read(Section section, String prefix) {
    List<Selector> selectors = new ArrayList<>();
    KEYS.forEach(
        (key, kind) ->
            section
                .find(prefix + key)
                .ifPresent(
                    item ->
                        Lists.of(item)
                            .forEach(element -> selectors.addAll(pattern(kind, element)))));
    return selectors;
  }

  private static List<Selector> pattern(Kind kind, Item item) {
    String text = Lists.name(item);
    if (text.isEmpty()) {
      return List.of(); // reported already
    }
    try {
      return List.of(new Selector.ByPath(PathPattern.parse(kind, text)));
    } catch (IllegalArgumentException e) {
      item.problem(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  static List<Selector> kinds(Section section, String key) {
    return section.find(key, Lists::of).orElse(List.of()).stream()
        .<Selector>map(item -> new Selector.ByKind(item.oneOf(KINDS)))
        .toList();
  }
}
