package io.gatehouse.appliance.pin;

import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.JsonWriter;
import io.gatehouse.spi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * In what one definition differs from another: a line for each place that is gone or new, in JSON.
 * The words are a server's, so that whoever prints them has to write out what a terminal obeys.
 */
public final class Difference {
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.MAX_DEPTH, Integer.MAX_VALUE, 1 << 10);
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

  /** What is shown before the first character that differs, where not all is. */
  private static final int LEAD = 60;

  private final int characters;
  private final int most;
  private final List<String> lines = new ArrayList<>();
  private int left;

  private Difference(int characters, int most) {
    this.characters = characters;
    this.most = most;
  }

  /** All of it; none of the first is an empty object. */
  public static List<String> whole(Optional<String> before, String after) {
    return new Difference(Integer.MAX_VALUE, Integer.MAX_VALUE).lines(before.orElse("{}"), after);
  }

  /** A text for a record: places and values are bounded, and it says what is left out. */
  static String bounded(String before, String after) {
    return String.join("\n", new Difference(300, 12).lines(before, after));
  }

  private List<String> lines(String before, String after) {
    compare("", read(before), read(after));
    if (left > 0) {
      lines.add("and " + left + " more");
    }
    return List.copyOf(lines);
  }

  private static JsonValue read(String text) {
    try {
      return JsonText.read(text.getBytes(StandardCharsets.UTF_8), LIMITS).root();
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("a definition that is no JSON", e);
    }
  }

  private void compare(String place, JsonValue before, JsonValue after) {
    if (before.is(JsonKind.OBJECT) && after.is(JsonKind.OBJECT)) {
      members(place, before, after);
    } else if (before.is(JsonKind.ARRAY)
        && after.is(JsonKind.ARRAY)
        && before.size() == after.size()) {
      Iterator<JsonValue> other = after.items().iterator();
      int at = 0;
      for (JsonValue item : before.items()) {
        compare(place + "[" + at++ + "]", item, other.next());
      }
    } else {
      String one = text(before);
      String two = text(after);
      if (!one.equals(two)) {
        int same = same(one, two);
        line("- ", place, one, same);
        line("+ ", place, two, same);
      }
    }
  }

  private void members(String place, JsonValue before, JsonValue after) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonMember member : before.members()) {
      names.add(member.name());
    }
    for (JsonMember member : after.members()) {
      names.add(member.name());
    }
    for (String name : names) {
      Optional<JsonValue> one = before.find(name);
      Optional<JsonValue> two = after.find(name);
      String inside = inside(place, name);
      if (one.isPresent() && two.isPresent()) {
        compare(inside, one.get(), two.get());
      } else {
        one.ifPresent(gone -> line("- ", inside, text(gone), 0));
        two.ifPresent(fresh -> line("+ ", inside, text(fresh), 0));
      }
    }
  }

  private static String inside(String place, String name) {
    if (SIMPLE.matcher(name).matches()) {
      return place.isEmpty() ? name : place + "." + name;
    }
    return place + "[" + new String(JsonWriter.bytes(name), StandardCharsets.UTF_8) + "]";
  }

  private static String text(JsonValue value) {
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }

  private static int same(String one, String two) {
    int end = Math.min(one.length(), two.length());
    int at = 0;
    while (at < end && one.charAt(at) == two.charAt(at)) {
      at++;
    }
    return at;
  }

  private void line(String sign, String place, String value, int same) {
    if (lines.size() >= most) {
      left++;
      return;
    }
    lines.add(sign + cut(place, 0) + ": " + cut(value, same));
  }

  /** What differs is in what is left of it. */
  private String cut(String value, int same) {
    if (value.length() <= characters) {
      return value;
    }
    int from = Math.max(0, Math.min(same - LEAD, value.length() - characters));
    int to = Math.min(value.length(), from + characters);
    String rest = to < value.length() ? "... (" + value.length() + " characters)" : "";
    return (from > 0 ? "..." : "") + value.substring(from, to) + rest;
  }
}
