package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.StatementShape;
import java.util.List;

/** The text of a statement without its constants. */
final class Fingerprint {
  private Fingerprint() {}

  /** Tokens joined with one space. Names keep their case, which on most servers is part of them. */
  static String of(List<Token> tokens, LexerSettings settings) {
    return StatementShape.of(tokens.stream().map(token -> word(token, settings)));
  }

  private static String word(Token token, LexerSettings settings) {
    return switch (token.kind()) {
      case WORD -> {
        String folded = Cursor.word(token);
        yield Keywords.reserved(folded, settings) ? folded : token.text();
      }
      case NAME, SYMBOL -> token.text();
      case QUOTED_NAME -> quoted(token.text());
      case USER_VARIABLE -> '@' + quoted(token.text());
      case INTEGER, DECIMAL, FLOAT, STRING, NATIONAL_STRING, HEX, BITS, PARAMETER ->
          StatementShape.CONSTANT;
      case HINT -> "/*+ */";
      case END -> "";
    };
  }

  private static String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }
}
