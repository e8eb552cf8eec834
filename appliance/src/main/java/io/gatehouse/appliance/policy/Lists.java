package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Lists in a policy: never empty, because an empty one could be read as nobody or as everybody. */
final class Lists {
  private static final Pattern CONTROL = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
  private static final int LONGEST_NAME = 1_024;

  private Lists() {}

  static List<Item> of(Item item) {
    List<Item> items = item.items();
    if (items.isEmpty()) {
      item.problem("must not be empty; leave the key out where it should not matter");
    }
    return items;
  }

  static Optional<Names> names(Section section, String key) {
    return section.find(key, item -> Names.of(texts(item)));
  }

  private static List<String> texts(Item list) {
    Set<String> seen = new HashSet<>();
    return of(list).stream()
        .map(
            item -> {
              String name = name(item);
              if (!name.isEmpty() && !seen.add(name)) {
                item.problem("\"" + name + "\" is in this list already");
              }
              return name;
            })
        .toList();
  }

  static String name(Item item) {
    String text = item.text();
    if (text.length() > LONGEST_NAME || CONTROL.matcher(text).find()) {
      item.problem("must be at most " + LONGEST_NAME + " characters and no control characters");
      return "";
    }
    return text;
  }

  static <E extends Enum<E>> Set<E> constants(
      Section section, String key, Class<E> type, Map<String, E> choices) {
    Set<E> chosen = EnumSet.noneOf(type);
    for (Item item : section.find(key, Lists::of).orElse(List.of())) {
      chosen.add(item.oneOf(choices));
    }
    return chosen;
  }
}
