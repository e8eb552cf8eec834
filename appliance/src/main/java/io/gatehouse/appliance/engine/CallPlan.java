package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.content.MaskedContent;
import io.gatehouse.appliance.detection.SearchedContent;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What comes back for one call: a list without what is not shown, then masked, and then searched as
 * the client would get it.
 */
record CallPlan(
    Optional<ListingPlan> listing,
    Optional<MaskedContent> masked,
    Optional<SearchedContent> searched)
    implements ResultPlan {
  /** What the gate wrote itself may be longer than what came. */
  private static final JsonLimits OWN =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.MAX_DEPTH, Integer.MAX_VALUE, 1 << 16);

  @Override
  public ContentShape content(Content content) {
    ContentShape shape = listing.map(one -> one.content(content)).orElse(ContentShape.PASS);
    if (masked.isPresent()) {
      shape = then(masked.get()::content, content, shape);
    }
    if (searched.isPresent()) {
      shape = then(searched.get()::content, content, shape);
    }
    return shape;
  }

  private static ContentShape then(
      Function<Content, ContentShape> next, Content content, ContentShape shape) {
    return switch (shape) {
      case ContentShape.Veto veto -> veto;
      case ContentShape.Pass _ -> next.apply(content);
      case ContentShape.Rewrite(JsonEdit edit) ->
          switch (next.apply(again(content, edit))) {
            case ContentShape.Pass _ -> shape;
            case ContentShape.Rewrite rewrite -> rewrite;
            case ContentShape.Veto veto -> veto;
          };
    };
  }

  private static Content again(Content content, JsonEdit edit) {
    try {
      JsonText text = JsonText.read(edit.bytes(), OWN);
      JsonValue root = content.text().root();
      JsonValue value =
          Stream.of("result", "error", "params")
              .filter(name -> root.find(name).filter(content.value()::equals).isPresent())
              .findFirst()
              .flatMap(text.root()::find)
              .orElseGet(text::root);
      return new Content(text, value, List.of());
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("masked JSON is JSON", e);
    }
  }

  @Override
  public ResultShape shape(ResultDescription description) {
    return new ResultShape.Veto(
        Refusal.of(Refusal.Kind.INTERNAL, "rows came where a call was made"));
  }
}
