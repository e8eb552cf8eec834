package io.gatehouse.appliance.journal.show;

import io.gatehouse.appliance.journal.index.Opening;
import io.gatehouse.appliance.journal.index.Search;
import io.gatehouse.appliance.journal.read.Content;
import io.gatehouse.appliance.journal.read.Content.Said;
import java.util.Optional;

/** A line for a list; never with values. */
public final class Summary {
  private static final Wording WORDING = new Wording(Renderings.POSTGRESQL, false);
  private static final String BETWEEN = "  ";

  private Summary() {}

  /**
   * @param closing its last record, if that is there
   */
  public static String of(Opening opening, Optional<Content> closing) {
    String end =
        closing
            .map(
                content ->
                    content instanceof Said said
                        ? "%s, %d commands, %d refused"
                            .formatted(
                                said.text("reason").orElse(""),
                                said.number("commands"),
                                said.number("refused"))
                        : "closed")
            .orElse("no end on record");
    return String.join(
        BETWEEN,
        Wording.instant(opening.wallClock()).toString(),
        opening.session().toString(),
        Wording.who(opening),
        opening.text("target"),
        opening.text("database"),
        opening.text("source"),
        end);
  }

  public static String of(Search.Hit hit) {
    return String.join(
        BETWEEN,
        Wording.instant(hit.intent().row().wallClock()).toString(),
        hit.intent().row().session().toString(),
        Wording.place(hit.intent()),
        hit.opening().map(Wording::who).orElse("?"),
        hit.opening().map(opening -> opening.text("target")).orElse("?"),
        Wording.verdict(hit.said()),
        WORDING.text(hit.said()));
  }
}
