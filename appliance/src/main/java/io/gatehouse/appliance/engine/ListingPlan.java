package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.pin.Change;
import io.gatehouse.appliance.pin.TargetPins;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.json.JsonEdit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Shows of what is listed what the caller may call, and whose definition counts.
 *
 * @param pins empty where any definition counts
 * @param changes told of definitions that are others than before
 */
record ListingPlan(
    Predicate<Content.Listed> shown, Optional<TargetPins> pins, Consumer<List<Change>> changes)
    implements ResultPlan {

  @Override
  public ContentShape content(Content content) {
    Set<Content.Listed> closed = closed(content.listed());
    List<Content.Listed> hidden =
        content.listed().stream()
            .filter(item -> closed.contains(item) || !shown.test(item))
            .toList();
    if (hidden.isEmpty()) {
      return ContentShape.PASS;
    }
    JsonEdit edit = new JsonEdit(content.text());
    hidden.forEach(item -> edit.remove(item.item()));
    return new ContentShape.Rewrite(edit);
  }

  /** Looked for in all that comes, also in what this caller does not see. */
  private Set<Content.Listed> closed(List<Content.Listed> listed) {
    if (pins.isEmpty() || listed.isEmpty()) {
      return Set.of();
    }
    TargetPins.Look look = pins.get().look(listed);
    changes.accept(look.changes());
    return look.hidden();
  }

  @Override
  public ResultShape shape(ResultDescription description) {
    throw new IllegalStateException("a listing has no rows");
  }
}
