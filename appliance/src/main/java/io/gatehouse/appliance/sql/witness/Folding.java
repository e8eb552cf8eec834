package io.gatehouse.appliance.sql.witness;

/** Names as PostgreSQL folds them: without quotes, and only ASCII letters to lower case. */
final class Folding {
  private Folding() {}

  /** A name as it was written, with its quotes if it had any. */
  static String written(String name) {
    boolean quoted = name.length() > 1 && name.charAt(0) == '"' && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : unquoted(name);
  }

  /** A name that had no quotes. */
  static String unquoted(String name) {
    StringBuilder folded = new StringBuilder(name);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return folded.toString();
  }
}
