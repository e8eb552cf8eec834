package io.gatehouse.appliance.sql.corpus;

/**
 * A statement, or several in one text, and where it is from.
 *
 * @param id unique in the corpus; the file and its place there, or an evasion and its step
 * @param client who says it, with its version where that is known
 * @param purpose what for
 * @param sql exactly what is sent
 */
public record Said(String id, String client, String purpose, String sql) {

  /** Short, so that a test's name is. */
  @Override
  public String toString() {
    return id;
  }
}
