package io.gatehouse.appliance.sql.grammar;

/** A token, as far as a grammar can be told nothing about its dialect. */
public interface Lexeme {

  /**
   * Whether it is this word of the grammar.
   *
   * @param lowerCase as the grammar writes it
   */
  boolean word(String lowerCase);

  boolean symbol(String symbol);

  /** Whether it stands behind all others. */
  boolean last();

  /** Offset of its first character. */
  int start();
}
