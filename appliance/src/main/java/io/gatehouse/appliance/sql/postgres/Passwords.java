package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.sql.SecretWords;
import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.postgres.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where a text sets or tells a password: what of it must not be kept. By tokens and not by
 * statements, so that what nobody understands is covered too; too much rather than too little.
 */
final class Passwords {
  /** Functions that are given keys and passwords. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "crypt",
          "hmac",
          "encrypt",
          "encrypt_iv",
          "decrypt",
          "decrypt_iv",
          "pgp_sym_encrypt",
          "pgp_sym_encrypt_bytea",
          "pgp_sym_decrypt",
          "pgp_sym_decrypt_bytea",
          "pgp_pub_decrypt",
          "pgp_pub_decrypt_bytea",
          "dblink_connect",
          "dblink_connect_u");

  private final String sql;
  private final List<Token> tokens;
  private final List<SecretSpan> found = new ArrayList<>();

  private Passwords(String sql, List<Token> tokens) {
    this.sql = sql;
    this.tokens = tokens;
  }

  /** In order, without overlaps. */
  static List<SecretSpan> in(String sql, LexerSettings settings) {
    if (!SecretWords.mayBeIn(sql) && !calls(sql)) {
      return List.of();
    }
    try {
      Passwords passwords = new Passwords(sql, Lexer.tokens(sql, settings));
      passwords.look();
      return List.copyOf(passwords.found);
    } catch (NotReadException e) {
      // Nobody knows where its strings end.
      return List.of(new SecretSpan(0, sql.length()));
    }
  }

  private static boolean calls(String sql) {
    String lower = sql.toLowerCase(Locale.ROOT);
    return FUNCTIONS.stream().anyMatch(lower::contains);
  }

  private void look() {
    int depth = 0;
    int inside = Integer.MAX_VALUE;
    int end = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      comment(end, token.start());
      end = token.end();
      if (token.symbol("(")) {
        if (inside == Integer.MAX_VALUE && i > 0 && named(FUNCTIONS, tokens.get(i - 1))) {
          inside = depth;
        }
        depth++;
      } else if (token.symbol(")")) {
        depth--;
        inside = depth <= inside ? Integer.MAX_VALUE : inside;
      } else if (string(token)
          && (inside < depth || announced(i) || SecretWords.tell(token.text()))) {
        found.add(new SecretSpan(token.start(), token.end()));
      }
    }
  }

  private void comment(int from, int to) {
    if (to - from > 3 && SecretWords.tell(sql.substring(from, to))) {
      found.add(new SecretSpan(from, to));
    }
  }

  private boolean announced(int index) {
    int before = index - 1;
    while (before >= 0
        && (tokens.get(before).symbol("=") || string(tokens.get(before)) || cast(before))) {
      before--;
    }
    return before >= 0 && named(SecretWords.NAMES, tokens.get(before));
  }

  /** {@code N'...'} is a type and a string for the scanner. */
  private boolean cast(int index) {
    return tokens.get(index).word("nchar");
  }

  private static boolean named(Set<String> names, Token token) {
    return switch (token.kind()) {
      case IDENTIFIER, QUOTED_IDENTIFIER, KEYWORD ->
          names.contains(token.text().toLowerCase(Locale.ROOT));
      case INTEGER,
          DECIMAL,
          STRING,
          BITS,
          HEX_BITS,
          PARAMETER,
          OPERATOR,
          SYMBOL,
          UNICODE_STRING,
          UNICODE_IDENTIFIER,
          END ->
          false;
    };
  }

  private static boolean string(Token token) {
    return token.kind() == Kind.STRING || token.kind() == Kind.UNICODE_STRING;
  }
}
