package io.gatehouse.appliance.content;

import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonPath;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import java.util.HashSet;
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
      case Replacement.Number(var number) -> edit.number(leaf, number);
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
    return !copies.none() && copies(from, numbers);
  }

  private boolean copies(JsonValue value, boolean numbers) {
    boolean named = false;
    switch (value.kind()) {
      case OBJECT -> {
        for (JsonMember member : value.members()) {
          named |=
              !Parts.wordOfProtocol(member.name()) && copies.without(member.name()).isPresent();
          named |= copies(member.value(), numbers);
        }
      }
      case ARRAY -> {
        for (JsonValue item : value.items()) {
          named |= copies(item, numbers);
        }
      }
      case STRING -> {
        if (!done.contains(value)) {
          copies.without(value.text()).ifPresent(text -> edit.text(value, text));
        }
      }
      case NUMBER -> {
        if (numbers && !done.contains(value)) {
          copies.instead(value.decimal()).ifPresent(number -> edit.number(value, number));
        }
      }
      case BOOLEAN, NULL -> {}
    }
    return named;
  }
}
