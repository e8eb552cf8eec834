package io.gatehouse.appliance.content;

import io.gatehouse.appliance.protection.MaskTally;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Masks the messages of one call. The result is masked field by field; of what else comes, such as
 * errors and news of how far it is, nothing passes that is in the server's own words. Owned by the
 * session's event loop.
 */
public final class MaskedContent {
  private final String rule;
  private final List<Term> terms;
  private final Replacing replacing;

  /**
   * @param rule the one that decided
   * @param masked at least one
   */
  public MaskedContent(
      String rule, List<Verdict.Masked> masked, ValueMasks masks, MaskTally tally) {
    this.rule = rule;
    List<Term> made = new ArrayList<>();
    for (Verdict.Masked one : masked) {
      made.add(Term.of(made.size() + 1, one));
    }
    terms = List.copyOf(made);
    replacing = new Replacing(rule, masks, tally);
  }

  public ContentShape content(Content content) {
    try {
      JsonValue root = content.text().root();
      if (is(root.find("result"), content)) {
        return new MaskedResult(rule, terms, replacing, content).shape();
      }
      return new OwnWords(rule, content).shape(is(root.find("error"), content));
    } catch (Withheld withheld) {
      return new ContentShape.Veto(withheld.refusal());
    } catch (RuntimeException e) {
      // its message may quote a value
      return new ContentShape.Veto(
          Refusal.of(Refusal.Kind.INTERNAL, "a mask failed with " + e.getClass().getName()));
    }
  }

  private static boolean is(Optional<JsonValue> member, Content content) {
    return member.filter(content.value()::equals).isPresent();
  }
}
