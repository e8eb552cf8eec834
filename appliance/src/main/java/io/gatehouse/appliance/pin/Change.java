package io.gatehouse.appliance.pin;

import io.gatehouse.appliance.control.DefinitionKey;
import java.util.Locale;

/**
 * A definition is another than before; for the log and the journal.
 *
 * @param before digest of what counted; empty if nothing did
 * @param after digest of what came; empty if it has none
 * @param pinned whether it counts, because nothing was known before
 * @param difference in what they differ, a line for each place; empty where that is all of it
 */
public record Change(
    DefinitionKey key, String before, String after, boolean pinned, String difference) {
  private static final int MOST_NAME = 200;

  /** What it is about. */
  public String what() {
    return what(key);
  }

  static String what(DefinitionKey key) {
    String server = key.server().isEmpty() ? "" : key.server() + ".";
    String name = key.name();
    return "definition of %s %s%s on target %s"
        .formatted(
            key.kind().name().toLowerCase(Locale.ROOT),
            server,
            name.length() > MOST_NAME ? name.substring(0, MOST_NAME) + "..." : name,
            key.target());
  }
}
