package io.gatehouse.appliance.sql.postgres;

import java.util.List;
import java.util.Optional;

/**
 * A text written anew from its tokens, for those who read it a second time with a scanner that is
 * not the server's: no comments, one space between two tokens, every literal in plain quotes.
 */
public final class CanonicalText {
  private CanonicalText() {}

  /** Empty for a text with more tokens than that, or one that is not read at all. */
  public static Optional<String> of(String sql, LexerSettings settings, int mostTokens) {
    List<Token> tokens = PostgresReader.tokens(sql, settings);
    if (tokens.isEmpty() || tokens.size() > mostTokens) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(sql.length() + tokens.size());
    for (Token token : tokens) {
      append(text, token);
      text.append(' ');
    }
    text.setLength(text.length() - 1);
    return Optional.of(text.toString());
  }

  private static void append(StringBuilder text, Token token) {
    switch (token.kind()) {
      case IDENTIFIER, KEYWORD, OPERATOR, SYMBOL -> text.append(token.text());
      case QUOTED_IDENTIFIER, UNICODE_IDENTIFIER -> quoted(text, token.text(), "\"");
      case INTEGER -> text.append(Numbers.value(token.text()));
      case DECIMAL -> text.append(token.text().replace("_", ""));
      case STRING, UNICODE_STRING -> quoted(text, token.text(), "'");
      case BITS -> quoted(text.append('B'), token.text(), "'");
      case HEX_BITS -> quoted(text.append('X'), token.text(), "'");
      case PARAMETER -> text.append('?');
      case END -> {}
    }
  }

  private static void quoted(StringBuilder text, String content, String quote) {
    text.append(quote).append(content.replace(quote, quote + quote)).append(quote);
  }
}
