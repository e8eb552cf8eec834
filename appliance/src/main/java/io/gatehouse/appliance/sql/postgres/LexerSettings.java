package io.gatehouse.appliance.sql.postgres;

/**
 * What of the session decides how its text is read, and how much of it is read at all.
 *
 * @param severalStatements whether more than one statement may stand in the text, as in a simple
 *     query
 * @param maxDepth how deep expressions, queries and parentheses may nest; a pair of parentheses
 *     counts twice, and a thread with 1 MiB of stack has enough for 200
 * @param maxTokens how many tokens a text may have
 */
public record LexerSettings(
    int serverMajor,
    boolean standardConformingStrings,
    boolean severalStatements,
    int maxDepth,
    int maxTokens) {

  public static LexerSettings ofServer(int serverMajor) {
    return new LexerSettings(serverMajor, true, true, 200, 100_000);
  }
}
