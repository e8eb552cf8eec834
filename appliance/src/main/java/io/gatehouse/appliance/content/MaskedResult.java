package io.gatehouse.appliance.content;

import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Masks one result. Used once. */
final class MaskedResult {
  private static final String NAMED =
      "what is masked stands in the name of a member too, which cannot be changed";

  private final String rule;

  /** What any rule asks for. */
  private final List<Term> all;

  /** Up to the first that leaves nothing to the others. */
  private final List<Term> terms;

  private final Replacing replacing;
  private final Parts parts;
  private final Copies copies = new Copies();
  private final Layer message;
  private final JsonText text;

  /** Texts that hold JSON. */
  private final Map<JsonValue, Layer> inTexts = new LinkedHashMap<>();

  MaskedResult(String rule, List<Term> terms, Replacing replacing, Content content) {
    this.rule = rule;
    this.all = terms;
    this.terms = effective(terms);
    this.replacing = replacing;
    text = content.text();
    parts = Parts.of(content.value());
    message = new Layer(text, content.value(), replacing, copies);
    parts.words().forEach(message::leave);
  }

  private static List<Term> effective(List<Term> terms) {
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).everything()) {
        return terms.subList(0, i + 1);
      }
    }
    return terms;
  }

  ContentShape shape() {
    if (parts.lookalike()) {
      throw Withheld.by(
          rule,
          "a member differs from structuredContent or _meta in upper and lower case only",
          "Tell the owner of the server.");
    }
    for (Term term : terms) {
      term.paths().forEach(place -> message.mask(term, place.path()));
    }
    binary();
    parts.texts().stream().filter(one -> !message.done(one)).toList().forEach(this::text);
    terms.stream().filter(Term::everything).findFirst().ifPresent(message::everything);
    copies();
    inTexts.forEach((at, layer) -> message.edit().nested(at, layer.edit()));
    JsonEdit edit = message.edit();
    return edit.unchanged() ? ContentShape.PASS : new ContentShape.Rewrite(edit);
  }

  private void binary() {
    for (JsonValue one : parts.binary()) {
      if (!message.done(one)) {
        boolean passes = all.stream().allMatch(term -> term.masked().fields().binaryPasses());
        if (!passes) {
          throw Withheld.by(
              rule,
              "it has binary content, in which nothing can be masked",
              "Ask for text; or ask the owner of the policy for binary: pass.");
        }
        message.leave(one);
      }
    }
  }

  /** JSON is masked as the structured content is; of other text nobody knows what it says. */
  private void text(JsonValue at) {
    Optional<JsonText> json = Embedded.in(at.text()).filter(MaskedResult::structured);
    if (json.isPresent()) {
      Layer layer = new Layer(json.get(), json.get().root(), replacing, copies);
      for (Term term : terms) {
        term.paths().stream()
            .flatMap(place -> place.inText().stream())
            .forEach(path -> layer.mask(term, path));
        if (term.everything()) {
          layer.everything(term);
        }
      }
      message.leave(at);
      inTexts.put(at, layer);
      return;
    }
    if (terms.stream().noneMatch(Term::everything)) {
      terms.stream()
          .filter(term -> !term.masked().fields().textPasses())
          .findFirst()
          .ifPresent(term -> withheld(at, term));
    }
  }

  /** A string in a string is words all the same. */
  private static boolean structured(JsonText json) {
    return !json.root().is(JsonKind.STRING);
  }

  private void withheld(JsonValue at, Term term) {
    message.leave(at);
    replacing.withheld(term, "text");
    message
        .edit()
        .text(
            at,
            "(withheld by rule \""
                + rule
                + "\": parts of this result are masked, and this text is no JSON in which they"
                + " could be found)");
  }

  private void copies() {
    boolean named = message.maskCopies(false);
    for (Layer layer : inTexts.values()) {
      named |= layer.maskCopies(true);
    }
    if (named) {
      throw Withheld.by(rule, NAMED, "Ask the owner of the policy.");
    }
  }
}
