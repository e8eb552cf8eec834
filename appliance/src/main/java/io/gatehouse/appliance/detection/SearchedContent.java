package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.content.Parts;
import io.gatehouse.appliance.mask.detect.Finding;
import io.gatehouse.appliance.policy.Detectors;
import io.gatehouse.plugin.Verdict.OnFinding;
import io.gatehouse.plugin.Verdict.Sought;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of one call, each searched for all that any rule wants: results, errors, logs and
 * news of how far it is. Owned by the session's event loop.
 */
public final class SearchedContent {
  /** In the place of a kind: what no detector can read. */
  static final String BINARY = "binary";

  private static final List<Finding> UNREAD = List.of(new Finding(BINARY, 0, 1));

  private final Search search;
  private final List<Sought> sought;
  private final Tally tally;
  private int messages;

  /**
   * @param detectors of the policy that decided
   * @param sought at least one
   */
  public SearchedContent(Detectors detectors, List<Sought> sought, Tally tally) {
    search = Search.of(detectors, sought);
    this.sought = List.copyOf(sought);
    this.tally = tally;
  }

  public ContentShape content(Content content) {
    try {
      return searched(content);
    } catch (RuntimeException e) {
      // its message may quote a value
      return new ContentShape.Veto(
          Refusal.of(Refusal.Kind.INTERNAL, "a detector failed with " + e.getClass().getName()));
    }
  }

  private ContentShape searched(Content content) {
    Tally.Place place = new Tally.Place(++messages, 0, Optional.empty());
    boolean result =
        content.text().root().find("result").filter(content.value()::equals).isPresent();
    Set<JsonValue> binary = result ? Parts.of(content.value()).binary() : Set.of();
    if (!binary.isEmpty() && binaryStays(place, binary.size())) {
      return veto("it has binary content, in which nothing can be found");
    }
    ContentSearch found = new ContentSearch(new Looking(search, place, tally), binary);
    JsonEdit edit = found.search(content.text(), content.value());
    if (found.named()) {
      return veto("something is to be hidden in the name of a member, which cannot be changed");
    }
    return edit.unchanged() ? ContentShape.PASS : new ContentShape.Rewrite(edit);
  }

  /** Whether any rule wants it withheld; each that does not let it pass counts it. */
  private boolean binaryStays(Tally.Place place, int count) {
    boolean stays = false;
    for (Search.Part part : search.parts()) {
      if (!part.binaryPasses()) {
        for (int i = 0; i < count; i++) {
          tally.add(place, part, UNREAD);
        }
        stays |= part.found() == OnFinding.MASK;
      }
    }
    return stays;
  }

  private ContentShape veto(String why) {
    return new ContentShape.Veto(
        Refusal.of(
                Refusal.Kind.POLICY,
                "the result is withheld by rule \"" + sought.getFirst().rule() + "\": " + why)
            .withHint("Ask the owner of the policy."));
  }
}
