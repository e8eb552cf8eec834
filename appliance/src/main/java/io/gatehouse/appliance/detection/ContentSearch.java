package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.content.Embedded;
import io.gatehouse.appliance.mask.detect.Finding;
import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks through one message, string by string as they read without escapes. Used once. */
final class ContentSearch {
  private final Look look;
  private final Set<JsonValue> unread;
  private boolean named;

  /**
   * @param unread strings that are no text
   */
  ContentSearch(Look look, Set<JsonValue> unread) {
    this.look = look;
    this.unread = unread;
  }

  /** What is to be hidden is hidden in the edit. */
  JsonEdit search(JsonText text, JsonValue from) {
    JsonEdit edit = new JsonEdit(text);
    search(from, edit, 0);
    return edit;
  }

  /** Whether something that is to be hidden stands in the name of a member. */
  boolean named() {
    return named;
  }

  private void search(JsonValue value, JsonEdit edit, int depth) {
    switch (value.kind()) {
      case OBJECT -> {
        for (JsonMember member : value.members()) {
          named |= !found(member.name().getBytes(StandardCharsets.UTF_8)).isEmpty();
          search(member.value(), edit, depth);
        }
      }
      case ARRAY -> value.items().forEach(item -> search(item, edit, depth));
      case STRING -> string(value, edit, depth);
      case NUMBER -> {
        if (!found(value.number().getBytes(StandardCharsets.US_ASCII)).isEmpty()) {
          edit.number(value, BigDecimal.ZERO);
        }
      }
      case BOOLEAN, NULL -> {}
    }
  }

  private void string(JsonValue value, JsonEdit edit, int depth) {
    if (unread.contains(value)) {
      return;
    }
    String words = value.text();
    Optional<JsonText> json = depth < Embedded.DEEPEST ? Embedded.in(words) : Optional.empty();
    if (json.isPresent()) {
      JsonEdit inner = new JsonEdit(json.get());
      search(json.get().root(), inner, depth + 1);
      edit.nested(value, inner);
      return;
    }
    byte[] text = words.getBytes(StandardCharsets.UTF_8);
    List<Finding> found = found(text);
    if (!found.isEmpty()) {
      byte[] marked = Markers.put(text, 0, text.length, found);
      edit.text(value, new String(marked, StandardCharsets.UTF_8));
    }
  }

  private List<Finding> found(byte[] text) {
    return look.at(text, 0, text.length);
  }
}
