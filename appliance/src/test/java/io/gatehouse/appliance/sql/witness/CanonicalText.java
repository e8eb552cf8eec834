package io.gatehouse.appliance.sql.witness;

import io.gatehouse.appliance.sql.corpus.Recorded;
import io.gatehouse.appliance.sql.corpus.Recorded.Kind;
import io.gatehouse.appliance.sql.corpus.Recorded.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text a witness is given, made of the tokens that the grammar's own scanner saw. */
final class CanonicalText {
  private static final Pattern DOLLARS =
      Pattern.compile("\\$(\\w*)\\$(.*)\\$\\1\\$", Pattern.DOTALL);
  private static final Pattern BACKSLASH = Pattern.compile("\\\\(.)", Pattern.DOTALL);

  private CanonicalText() {}

  /** Empty where a literal or a name has Unicode escapes, or the scanner refused. */
  static Optional<String> of(String sql, Recorded recorded) {
    List<Token> tokens = recorded.tokens().orElse(List.of());
    if (tokens.isEmpty() || tokens.stream().anyMatch(CanonicalText::unicode)) {
      return Optional.empty();
    }
    byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
    return Optional.of(
        tokens.stream()
            .filter(
                token -> token.kind() != Kind.LINE_COMMENT && token.kind() != Kind.BLOCK_COMMENT)
            .map(token -> canonical(token.kind(), text(bytes, token)))
            .collect(Collectors.joining(" ")));
  }

  private static boolean unicode(Token token) {
    return token.kind() == Kind.UNICODE_IDENTIFIER || token.kind() == Kind.UNICODE_STRING;
  }

  private static String text(byte[] bytes, Token token) {
    byte[] part = Arrays.copyOfRange(bytes, token.start(), token.end());
    return new String(part, StandardCharsets.UTF_8);
  }

  private static String canonical(Kind kind, String text) {
    return switch (kind) {
      case PARAMETER -> "?";
      case STRING -> "'" + content(text).replace("'", "''") + "'";
      default -> text;
    };
  }

  /** Adjoining literals on two lines are one; the quotes between them fall out. */
  private static String content(String literal) {
    Matcher dollars = DOLLARS.matcher(literal);
    if (dollars.matches()) {
      return dollars.group(2);
    }
    boolean escaped = literal.charAt(0) == 'e' || literal.charAt(0) == 'E';
    String body = literal.substring(escaped ? 2 : 1, literal.length() - 1);
    String joined = body.replaceAll("(?<!')'\\s*\\n\\s*'(?!')", "").replace("''", "'");
    return escaped ? BACKSLASH.matcher(joined).replaceAll("$1") : joined;
  }
}
