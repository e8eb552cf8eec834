package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.Lexeme;

/**
 * One token as the server's scanner would hand it to the grammar.
 *
 * @param text the word as it stands, the value of a string, the name of a variable, the symbol
 * @param start offset of its first character
 * @param end offset behind its last character
 */
public record Token(Kind kind, String text, int start, int end) implements Lexeme {
  /** What the grammar distinguishes. */
  public enum Kind {
    /** A name without quotes, or a keyword: which of both, the grammar says. */
    WORD,
    /** A name without quotes where no keyword can be: right behind a dot. */
    NAME,
    QUOTED_NAME,
    INTEGER,
    DECIMAL,
    FLOAT,
    STRING,
    /** {@code N'...'}. */
    NATIONAL_STRING,
    /** {@code X'...'}, {@code 0x...}. */
    HEX,
    /** {@code B'...'}, {@code 0b...}. */
    BITS,
    PARAMETER,
    /** {@code @name}, in whichever quotes. */
    USER_VARIABLE,
    SYMBOL,
    /** {@code /*+ ... *}{@code /}, where the server looks for hints. */
    HINT,
    END
  }

  @Override
  public boolean word(String lowerCase) {
    return kind == Kind.WORD && Words.same(text, lowerCase);
  }

  @Override
  public boolean symbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  @Override
  public boolean last() {
    return kind == Kind.END;
  }
}
