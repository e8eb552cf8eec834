package io.gatehouse.appliance.content;

import io.gatehouse.spi.Content;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonMember;
import java.util.Set;

/** Takes a server's own words out of what is no result. */
final class OwnWords {
  /** What says which call it is about and how far that is. */
  private static final Set<String> COUNTS =
      Set.of("progressToken", "progress", "total", "level", "requestId", "taskId", "code");

  /** Where the protocol wants something to stand. */
  private static final Set<String> NEEDED = Set.of("message", "data");

  private final String rule;
  private final Content content;

  OwnWords(String rule, Content content) {
    this.rule = rule;
    this.content = content;
  }

  ContentShape shape(boolean error) {
    boolean asks = content.text().root().find("id").isPresent() && !error;
    if (asks) {
      throw Withheld.by(
          rule,
          "the server asks the client something in its own words, while what it says is masked",
          "Ask the owner of the policy.");
    }
    JsonEdit edit = new JsonEdit(content.text());
    for (JsonMember member : content.value().members()) {
      boolean needed = NEEDED.contains(member.name()) && error == member.name().equals("message");
      if (needed) {
        edit.text(member.value(), "(withheld by rule \"" + rule + "\", which masks the result)");
      } else if (!COUNTS.contains(member.name())) {
        edit.remove(member.value());
      }
    }
    return edit.unchanged() ? ContentShape.PASS : new ContentShape.Rewrite(edit);
  }
}
