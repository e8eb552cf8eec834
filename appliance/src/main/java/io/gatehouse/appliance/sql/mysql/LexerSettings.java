package io.gatehouse.appliance.sql.mysql;

/**
 * What of the server and the session decides how its text is read, and how much of it is read at
 * all.
 *
 * @param version as in version comments: 80015 for 8.0.15, 110405 for 11.4.5
 * @param ansiQuotes whether double quotes are around names
 * @param backslashEscapes whether a backslash in a string is more than itself
 * @param maxTokens how many tokens a text may have
 * @param maxDepth how deep expressions, queries and parentheses may nest; a pair of parentheses
 *     counts twice, and a thread with 1 MiB of stack has enough for 200
 * @param modes what else of {@code sql_mode} changes the meaning of a text
 */
public record LexerSettings(
    Flavour flavour,
    int version,
    boolean ansiQuotes,
    boolean backslashEscapes,
    int maxTokens,
    int maxDepth,
    Modes modes) {

  /**
   * The parts of {@code sql_mode} by which the grammar reads differently.
   *
   * @param pipesAsConcat whether two bars concatenate, and do not mean OR
   * @param highNotPrecedence whether NOT binds as tightly as an exclamation mark
   * @param ignoreSpace whether a function with syntax of its own may have a space behind its name
   */
  public record Modes(boolean pipesAsConcat, boolean highNotPrecedence, boolean ignoreSpace) {
    /** As a session begins. */
    public static final Modes NONE = new Modes(false, false, false);
  }

  private static final int MAX_DEPTH = 200;

  public LexerSettings(
      Flavour flavour, int version, boolean ansiQuotes, boolean backslashEscapes, int maxTokens) {
    this(flavour, version, ansiQuotes, backslashEscapes, maxTokens, MAX_DEPTH, Modes.NONE);
  }

  /** As a session begins. */
  public static LexerSettings ofServer(Flavour flavour, int version) {
    return new LexerSettings(flavour, version, false, true, 100_000);
  }

  LexerSettings withAnsiQuotes() {
    return new LexerSettings(flavour, version, true, backslashEscapes, maxTokens, maxDepth, modes);
  }

  LexerSettings withoutBackslashEscapes() {
    return new LexerSettings(flavour, version, ansiQuotes, false, maxTokens, maxDepth, modes);
  }

  LexerSettings with(Modes others) {
    return new LexerSettings(
        flavour, version, ansiQuotes, backslashEscapes, maxTokens, maxDepth, others);
  }

  boolean mysql() {
    return flavour == Flavour.MYSQL;
  }

  /** Whether it is MySQL of that version or a later one. */
  boolean mysqlSince(int first) {
    return mysql() && version >= first;
  }

  boolean mariadb() {
    return flavour == Flavour.MARIADB;
  }
}
