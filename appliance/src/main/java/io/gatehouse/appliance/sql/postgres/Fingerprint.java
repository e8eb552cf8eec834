package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.StatementShape;
import io.gatehouse.appliance.sql.postgres.Token.Kind;
import java.util.List;

/** The text of a statement without its constants. */
final class Fingerprint {
  private Fingerprint() {}

  /** Tokens joined with one space; constants, and lists of nothing else, become one mark. */
  static String of(List<Token> tokens) {
    return StatementShape.of(tokens.stream().map(Fingerprint::word));
  }

  private static String word(Token token) {
    if (token.constant()) {
      return StatementShape.CONSTANT;
    }
    return token.kind() == Kind.QUOTED_IDENTIFIER
        ? '"' + token.text().replace("\"", "\"\"") + '"'
        : token.text();
  }
}
