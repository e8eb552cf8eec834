package io.gatehouse.mysql.login;

import java.util.Map;

/** What a client says its program is; nobody checks it. */
final class ProgramName {
  /** The connection attribute that clients agree on. */
  private static final String ATTRIBUTE = "program_name";

  /** As the engine knows it, whatever the wire. */
  private static final String PARAMETER = "application_name";

  /** As many as PostgreSQL keeps of it (NAMEDATALEN). */
  private static final int LONGEST = 63;

  private ProgramName() {}

  /** Cut, and without what could pretend to be another line. */
  static Map<String, String> parameters(Map<String, String> attributes) {
    String said = attributes.getOrDefault(ATTRIBUTE, "");
    if (said.isEmpty()) {
      return Map.of();
    }
    StringBuilder kept = new StringBuilder();
    said.codePoints().limit(LONGEST).forEach(c -> kept.append(c < ' ' || c > '~' ? '?' : (char) c));
    return Map.of(PARAMETER, kept.toString());
  }
}
