package io.gatehouse.appliance.sql.mysql;

/**
 * What of the server and the session decides how its text is read, and how much of it is read at
 * all.
 *
 * @param version as in version comments: 80015 for 8.0.15, 110405 for 11.4.5
 * @param ansiQuotes whether double quotes are around names
 * @param backslashEscapes whether a backslash in a string is more than itself
 * @param maxTokens how many tokens a text may have
 */
public record LexerSettings(
    Flavour flavour, int version, boolean ansiQuotes, boolean backslashEscapes, int maxTokens) {

  /** As a session begins. */
  public static LexerSettings ofServer(Flavour flavour, int version) {
    return new LexerSettings(flavour, version, false, true, 100_000);
  }

  LexerSettings withAnsiQuotes() {
    return new LexerSettings(flavour, version, true, backslashEscapes, maxTokens);
  }

  LexerSettings withoutBackslashEscapes() {
    return new LexerSettings(flavour, version, ansiQuotes, false, maxTokens);
  }
}
