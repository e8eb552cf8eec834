package io.gatehouse.appliance.engine;

import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.json.JsonEdit;
import java.util.List;
import java.util.function.Predicate;

/** Shows of what is listed what the caller may call. */
record ListingPlan(Predicate<Content.Listed> shown) implements ResultPlan {

  @Override
  public ContentShape content(Content content) {
    List<Content.Listed> hidden =
        content.listed().stream().filter(item -> !shown.test(item)).toList();
    if (hidden.isEmpty()) {
      return ContentShape.PASS;
    }
    JsonEdit edit = new JsonEdit(content.text());
    hidden.forEach(item -> edit.remove(item.item()));
    return new ContentShape.Rewrite(edit);
  }

  @Override
  public ResultShape shape(ResultDescription description) {
    throw new IllegalStateException("a listing has no rows");
  }
}
