package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.postgres.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into the tokens of the server's scanner. One instance reads one text; its caller's
 * thread owns it.
 */
final class Lexer {
  /** The characters that may be an operator of more than one character. */
  private static final String OPERATOR = "~!@#^&|`?+-*/%<>=";

  /** The characters that are tokens of their own. */
  private static final String SELF = ",()[].;:+-*/%^<>=";

  /** Each of a run of signs is a token that looks at all the others, which must not add up. */
  private static final int LONGEST_RUN = 256;

  private final String sql;
  private final LexerSettings settings;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String sql, LexerSettings settings) {
    this.sql = sql;
    this.settings = settings;
  }

  /** The tokens, closed by one of kind END. */
  static List<Token> tokens(String sql, LexerSettings settings) {
    if (!settings.standardConformingStrings()) {
      throw new NotReadException("standard_conforming_strings is off in this session", 0);
    }
    Lexer lexer = new Lexer(sql, settings);
    lexer.readAll();
    return UnicodeEscapes.merged(lexer.tokens);
  }

  private void readAll() {
    while (true) {
      at = Blanks.skip(sql, at, settings.serverMajor());
      if (at == sql.length()) {
        add(Kind.END, "", at);
        return;
      }
      if (tokens.size() >= settings.maxTokens()) {
        throw new NotReadException("more than " + settings.maxTokens() + " tokens", at);
      }
      readOne(sql.charAt(at));
    }
  }

  private void add(Kind kind, String text, int end) {
    tokens.add(new Token(kind, text, at, end));
    at = end;
  }

  private void readOne(char c) {
    if (c == '\'') {
      addQuoted(Kind.STRING, at);
    } else if (c == '"') {
      addQuotedIdentifier(Kind.QUOTED_IDENTIFIER, at);
    } else if (c == '$') {
      readDollar();
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      Numbers.Read number = Numbers.read(sql, at, settings.serverMajor());
      add(number.kind(), sql.substring(at, number.end()), number.end());
    } else if (Identifiers.startsIdentifier(c)) {
      readWord(c);
    } else if (!readSymbol() && !readOperator()) {
      throw new NotReadException("a character that starts no token", at);
    }
  }

  private void addQuoted(Kind kind, int quote) {
    QuotedText text = QuotedText.read(sql, quote, settings.serverMajor());
    add(kind, text.value(), text.end());
  }

  private void addQuotedIdentifier(Kind kind, int quote) {
    QuotedText text = QuotedText.readIdentifier(sql, quote);
    String name = kind == Kind.QUOTED_IDENTIFIER ? Identifiers.cut(text.value()) : text.value();
    add(kind, name, text.end());
  }

  private void readDollar() {
    if (isDigit(peek(1))) {
      int end = Numbers.parameterEnd(sql, at);
      add(Kind.PARAMETER, sql.substring(at + 1, end), end);
    } else {
      QuotedText text = QuotedText.readDollar(sql, at);
      add(Kind.STRING, text.value(), text.end());
    }
  }

  private void readWord(char c) {
    char next = peek(1);
    if (next == '\'' && readPrefixed(c)) {
      return;
    }
    if (next == '&' && (c == 'u' || c == 'U') && readUnicode(peek(2))) {
      return;
    }
    int end = at + 1;
    while (end < sql.length() && Identifiers.continuesIdentifier(sql.charAt(end))) {
      end++;
    }
    String word = Identifiers.folded(sql.substring(at, end));
    if (Keywords.contains(word, settings.serverMajor())) {
      add(Kind.KEYWORD, word, end);
    } else {
      add(Kind.IDENTIFIER, Identifiers.cut(word), end);
    }
  }

  private boolean readPrefixed(char prefix) {
    switch (prefix) {
      case 'b', 'B' -> addBits(Kind.BITS);
      case 'x', 'X' -> addBits(Kind.HEX_BITS);
      case 'e', 'E' -> {
        QuotedText text = QuotedText.readEscaped(sql, at + 1, settings.serverMajor());
        add(Kind.STRING, text.value(), text.end());
      }
      // The scanner gives the type's keyword and leaves the string for the next token.
      case 'n', 'N' -> add(Kind.KEYWORD, "nchar", at + 1);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void addBits(Kind kind) {
    QuotedText text = QuotedText.readBits(sql, at + 1, settings.serverMajor());
    add(kind, text.value(), text.end());
  }

  private boolean readUnicode(char quote) {
    if (quote == '\'') {
      addQuoted(Kind.UNICODE_STRING, at + 2);
    } else if (quote == '"') {
      addQuotedIdentifier(Kind.UNICODE_IDENTIFIER, at + 2);
    } else {
      return false;
    }
    return true;
  }

  /** Symbols that no operator character follows, so that no longer operator competes. */
  private boolean readSymbol() {
    String two = sql.substring(at, Math.min(at + 2, sql.length()));
    if (two.equals("::") || two.equals("..") || two.equals(":=")) {
      add(Kind.SYMBOL, two, at + 2);
      return true;
    }
    char c = two.charAt(0);
    if (SELF.indexOf(c) >= 0 && OPERATOR.indexOf(c) < 0) {
      add(Kind.SYMBOL, two.substring(0, 1), at + 1);
      return true;
    }
    return false;
  }

  private boolean readOperator() {
    int end = operatorEnd();
    if (end == at) {
      return false;
    }
    end = withoutTrailingSign(end);
    String operator = sql.substring(at, end);
    if (operator.length() > 63) {
      throw new NotReadException("an operator of more than 63 characters", at);
    }
    switch (operator) {
      case "=>", "<=", ">=", "<>" -> add(Kind.SYMBOL, operator, end);
      case "!=" -> add(Kind.SYMBOL, "<>", end);
      default -> {
        boolean self = operator.length() == 1 && SELF.indexOf(operator.charAt(0)) >= 0;
        add(self ? Kind.SYMBOL : Kind.OPERATOR, operator, end);
      }
    }
    return true;
  }

  /** The end of a run of operator characters, or the start of a comment in it. */
  private int operatorEnd() {
    int end = at;
    while (end < sql.length() && OPERATOR.indexOf(sql.charAt(end)) >= 0) {
      if (end > at && (sql.startsWith("/*", end) || sql.startsWith("--", end))) {
        return end;
      }
      end++;
      if (end - at > LONGEST_RUN) {
        throw new NotReadException("a run of operator characters that is too long", at);
      }
    }
    return end;
  }

  /** A plus or minus ends an operator only if a character is in it that standard SQL has not. */
  private int withoutTrailingSign(int end) {
    for (int i = at; i < end - 1; i++) {
      if ("~!@#^&|`?%".indexOf(sql.charAt(i)) >= 0) {
        return end;
      }
    }
    int kept = end;
    while (kept > at + 1 && (sql.charAt(kept - 1) == '+' || sql.charAt(kept - 1) == '-')) {
      kept--;
    }
    return kept;
  }

  private char peek(int distance) {
    int index = at + distance;
    return index < sql.length() ? sql.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
