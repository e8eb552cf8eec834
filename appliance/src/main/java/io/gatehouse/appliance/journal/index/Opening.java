package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.Content;
import java.util.Map;
import java.util.UUID;

/**
 * How a session began.
 *
 * @param segment where; -1 for the tail
 */
public record Opening(UUID session, long segment, long sequence, long wallClock, Content content) {

  boolean fit(Map<Facet, String> wanted) {
    return wanted.isEmpty() || (content instanceof Content.Said said && Facts.of(said).fit(wanted));
  }

  /** A field of it, for people; a word for why not if it cannot be read. */
  public String text(String field) {
    return switch (content) {
      case Content.Said said -> said.text(field).orElse("");
      case Content.Gone _ -> "(gone)";
      case Content.Unreadable _, Content.Part _ -> "(unreadable)";
    };
  }
}
