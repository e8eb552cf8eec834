package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.Lexeme;

/**
 * One token as the server's scanner would hand it to the grammar.
 *
 * @param text the folded identifier, the lower-case keyword, the value of a string, the symbol
 * @param start offset of its first character
 * @param end offset behind its last character
 */
public record Token(Kind kind, String text, int start, int end) implements Lexeme {
  /** What the grammar distinguishes. */
  public enum Kind {
    IDENTIFIER,
    QUOTED_IDENTIFIER,
    KEYWORD,
    INTEGER,
    DECIMAL,
    STRING,
    BITS,
    HEX_BITS,
    PARAMETER,
    /** An operator that is no {@link #SYMBOL}. */
    OPERATOR,
    /** Punctuation, and the operators that the grammar names itself. */
    SYMBOL,
    /** Before a following UESCAPE is seen. */
    UNICODE_STRING,
    /** Before a following UESCAPE is seen. */
    UNICODE_IDENTIFIER,
    END
  }

  @Override
  public boolean word(String lowerCase) {
    return kind == Kind.KEYWORD && text.equals(lowerCase);
  }

  @Override
  public boolean symbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  @Override
  public boolean last() {
    return kind == Kind.END;
  }

  boolean constant() {
    return switch (kind) {
      case INTEGER, DECIMAL, STRING, BITS, HEX_BITS, PARAMETER -> true;
      case IDENTIFIER,
          QUOTED_IDENTIFIER,
          KEYWORD,
          OPERATOR,
          SYMBOL,
          UNICODE_STRING,
          UNICODE_IDENTIFIER,
          END ->
          false;
    };
  }
}
