package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.sql.SecretWords;
import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a text sets or tells a password: what of it must not be kept. By tokens and not by
 * statements, so that what nobody understands is covered too; too much rather than too little.
 */
final class Passwords {
  /** Functions that are given keys and passwords. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "password",
          "old_password",
          "ed25519_password",
          "validate_password_strength",
          "aes_encrypt",
          "aes_decrypt",
          "des_encrypt",
          "des_decrypt",
          "encode",
          "decode",
          "encrypt",
          "md5",
          "sha",
          "sha1",
          "sha2",
          "kdf",
          "asymmetric_encrypt",
          "asymmetric_decrypt",
          "asymmetric_sign",
          "keyring_key_store");

  /** What names a secret here and nowhere else; the end of a name is enough. */
  private static final List<String> ENDINGS = List.of("_password", "_key", "_secret", "_token");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)identified|challenge_response|crypt|encode|decode|md5|sha|kdf|keyring|asymmetric");

  /** Comments that are code for some. */
  private static final Pattern VERSIONED = Pattern.compile("/\\*M?!");

  private static final int NEWEST = 999_999;

  /** In SQL within SQL, and in comments. */
  private static final Pattern IDENTIFIED = Pattern.compile("(?i)identified\\s.{0,200}['\"]");

  private final String sql;
  private final List<Token> tokens;
  private final List<SecretSpan> found = new ArrayList<>();

  private Passwords(String sql, List<Token> tokens) {
    this.sql = sql;
    this.tokens = tokens;
  }

  /** In order, without overlaps. */
  static List<SecretSpan> in(String sql, LexerSettings settings) {
    return mayBeIn(sql) ? found(sql, settings) : List.of();
  }

  /**
   * The same for a session of which it is not known how its server reads: what is a secret to any
   * does not stay, nor does a text with one that may be cut in yet other ways, by a character set
   * of many bytes or by the server's version.
   */
  static List<SecretSpan> inAny(String sql, Flavour flavour) {
    if (!mayBeIn(sql)) {
      return List.of();
    }
    if (VERSIONED.matcher(sql).find() || sql.chars().anyMatch(c -> c > '~')) {
      return List.of(new SecretSpan(0, sql.length()));
    }
    LexerSettings usual = LexerSettings.ofServer(flavour, NEWEST);
    LexerSettings ansi = usual.withAnsiQuotes();
    List<SecretSpan> all = new ArrayList<>();
    for (LexerSettings settings : List.of(usual, ansi)) {
      all.addAll(found(sql, settings));
      all.addAll(found(sql, settings.withoutBackslashEscapes()));
    }
    return joined(all);
  }

  private static List<SecretSpan> joined(List<SecretSpan> spans) {
    spans.sort(Comparator.comparingInt(SecretSpan::start));
    List<SecretSpan> joined = new ArrayList<>();
    for (SecretSpan span : spans) {
      if (!joined.isEmpty() && span.start() <= joined.getLast().end()) {
        SecretSpan last = joined.removeLast();
        joined.add(new SecretSpan(last.start(), Math.max(last.end(), span.end())));
      } else {
        joined.add(span);
      }
    }
    return List.copyOf(joined);
  }

  private static boolean mayBeIn(String sql) {
    return SecretWords.mayBeIn(sql) || NAMED.matcher(sql).find();
  }

  private static List<SecretSpan> found(String sql, LexerSettings settings) {
    try {
      Passwords passwords = new Passwords(sql, Lexer.tokens(sql, settings));
      passwords.look();
      return List.copyOf(passwords.found);
    } catch (NotReadException e) {
      // Nobody knows where its strings end.
      return List.of(new SecretSpan(0, sql.length()));
    }
  }

  private void look() {
    int depth = 0;
    int inside = Integer.MAX_VALUE;
    int end = 0;
    boolean login = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      comment(end, token.start());
      end = token.end();
      login = (login && !token.symbol(";")) || startsLogin(i);
      if (token.kind() == Kind.HINT) {
        comment(token.start(), token.end());
      } else if (token.symbol("(")) {
        if (inside == Integer.MAX_VALUE && i > 0 && calls(tokens.get(i - 1))) {
          inside = depth;
        }
        depth++;
      } else if (token.symbol(")")) {
        depth--;
        inside = depth <= inside ? Integer.MAX_VALUE : inside;
      } else if (login ? loginPart(i) : constant(token) && (inside < depth || tells(i))) {
        found.add(new SecretSpan(token.start(), token.end()));
      }
    }
  }

  /** From here on, every string up to the end of the statement may be what someone logs in with. */
  private boolean startsLogin(int index) {
    Token token = tokens.get(index);
    return token.word("identified")
        || token.word("challenge_response")
        || (token.word("password") && index > 0 && tokens.get(index - 1).word("set"));
  }

  /** All but the first part of {@code 'user'@'host'}; names in double quotes may be strings. */
  private boolean loginPart(int index) {
    Token token = tokens.get(index);
    boolean quoted = token.kind() == Kind.QUOTED_NAME && sql.charAt(token.start()) == '"';
    return (constant(token) || quoted) && tokens.get(index + 1).kind() != Kind.USER_VARIABLE;
  }

  private void comment(int from, int to) {
    if (to - from > 3 && tellsInside(sql.substring(from, to))) {
      found.add(new SecretSpan(from, to));
    }
  }

  private boolean tells(int index) {
    return announced(index) || tellsInside(tokens.get(index).text());
  }

  private static boolean tellsInside(String text) {
    return SecretWords.tell(text) || IDENTIFIED.matcher(text).find();
  }

  private boolean announced(int index) {
    int before = index - 1;
    while (before >= 0 && between(tokens.get(before))) {
      before--;
    }
    return before >= 0 && names(tokens.get(before));
  }

  private static boolean between(Token token) {
    return token.symbol("=")
        || token.symbol(":=")
        || constant(token)
        || (token.kind() == Kind.WORD && token.text().startsWith("_"));
  }

  private static boolean names(Token token) {
    return switch (token.kind()) {
      case WORD, NAME, QUOTED_NAME, USER_VARIABLE -> {
        String name = Words.lower(token.text());
        yield SecretWords.NAMES.contains(name) || ENDINGS.stream().anyMatch(name::endsWith);
      }
      case INTEGER,
          DECIMAL,
          FLOAT,
          STRING,
          NATIONAL_STRING,
          HEX,
          BITS,
          PARAMETER,
          SYMBOL,
          HINT,
          END ->
          false;
    };
  }

  private static boolean calls(Token token) {
    boolean name = token.kind() == Kind.WORD || token.kind() == Kind.NAME;
    return name && FUNCTIONS.contains(Words.lower(token.text()));
  }

  private static boolean constant(Token token) {
    return switch (token.kind()) {
      case STRING, NATIONAL_STRING, HEX, BITS -> true;
      case WORD,
          NAME,
          QUOTED_NAME,
          INTEGER,
          DECIMAL,
          FLOAT,
          PARAMETER,
          USER_VARIABLE,
          SYMBOL,
          HINT,
          END ->
          false;
    };
  }
}
