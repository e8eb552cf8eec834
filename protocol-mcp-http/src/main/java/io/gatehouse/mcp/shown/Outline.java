package io.gatehouse.mcp.shown;

import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON as an outline: a member or an item a line, what is in it further to the right. */
final class Outline {
  private static final String STEP = "  ";

  private Outline() {}

  static void member(String name, JsonValue value, String margin, List<String> to) {
    if (value.size() == 0) {
      to.add(margin + name + ": " + word(value));
      return;
    }
    to.add(margin + name + ":");
    inside(value, margin + STEP, to);
  }

  static void inside(JsonValue value, String margin, List<String> to) {
    for (JsonMember member : value.members()) {
      member(member.name(), member.value(), margin, to);
    }
    int number = 0;
    for (JsonValue item : value.items()) {
      member("[" + number++ + "]", item, margin, to);
    }
  }

  /** As it stands, quotes and escapes included, so that a string never passes for a number. */
  static String word(JsonValue value) {
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }

  /** What a string says, and anything else as it stands. */
  static String said(JsonValue value) {
    return value.is(JsonKind.STRING) ? value.text() : word(value);
  }
}
