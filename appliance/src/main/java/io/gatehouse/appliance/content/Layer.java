package io.gatehouse.appliance.content;

import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonPath;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A text of JSON that is being masked: the message, or JSON that a text in it holds. */
final class Layer {
  private final JsonValue from;
  private final JsonEdit edit;
  private final Replacing replacing;
  private final Copies copies;
  private final Set<JsonValue> done = new HashSet<>();

  /**
   * @param from what of it is masked
   * @param copies what all layers of a message have masked
   */
  Layer(JsonText text, JsonValue from, Replacing replacing, Copies copies) {
    this.from = from;
    this.edit = new JsonEdit(text);
    this.replacing = replacing;
    this.copies = copies;
  }

  JsonEdit edit() {
    return edit;
  }

  boolean done(JsonValue value) {
    return done.contains(value);
  }

  /** It is looked after elsewhere. */
  void leave(JsonValue value) {
    done.add(value);
  }

  void mask(Term term, JsonPath path) {
    for (JsonValue selected : path.select(from)) {
      Parts.leaves(selected).forEach(leaf -> mask(term, leaf, path.toString()));
    }
  }

  /** What an earlier rule has masked stays as that has it. */
  void mask(Term term, JsonValue leaf, String label) {
    if (!done.add(leaf)) {
      return;
    }
    Replacement replacement = replacing.of(leaf, term, label);
    copies.add(leaf, replacement);
    switch (replacement) {
      case Replacement.Same _ -> {}
      case Replacement.Text(var text) -> edit.text(leaf, text);
      case Replacement.Amount(var number) -> edit.number(leaf, number);
      case Replacement.Truth(var truth) -> edit.plain(leaf, truth);
      case Replacement.Nothing _ -> edit.nothing(leaf);
    }
  }

  void everything(Term term) {
    Parts.leaves(from).forEach(leaf -> mask(term, leaf, "**"));
  }

  /**
   * What was masked is masked where it stands again.
   *
   * @param numbers whether numbers that are the same are taken for copies
   * @return whether it stands in the name of a member, which cannot be changed
   */
  boolean maskCopies(boolean numbers) {
    return !copies.none() && copies(from, edit, numbers, 0);
  }

  private boolean copies(JsonValue value, JsonEdit to, boolean numbers, int depth) {
    boolean named = false;
    switch (value.kind()) {
      case OBJECT -> {
        for (JsonMember member : value.members()) {
          named |= named(member.name());
          named |= copies(member.value(), to, numbers, depth);
        }
      }
      case ARRAY -> {
        for (JsonValue item : value.items()) {
          named |= copies(item, to, numbers, depth);
        }
      }
      case STRING -> named = !done.contains(value) && string(value, to, depth);
      case NUMBER -> {
        if (numbers && !done.contains(value)) {
          copies.instead(value.decimal()).ifPresent(number -> to.number(value, number));
        }
      }
      case BOOLEAN, NULL -> {}
    }
    return named;
  }

  private boolean named(String name) {
    return !Parts.wordOfProtocol(name) && copies.without(name).isPresent();
  }

  private boolean string(JsonValue value, JsonEdit to, int depth) {
    String text = value.text();
    Optional<JsonText> json = depth < Embedded.DEEPEST ? Embedded.in(text) : Optional.empty();
    if (json.isEmpty()) {
      copies.without(text).ifPresent(instead -> to.text(value, instead));
      return false;
    }
    JsonEdit inner = new JsonEdit(json.get());
    boolean named = copies(json.get().root(), inner, true, depth + 1);
    to.nested(value, inner);
    return named;
  }
}
