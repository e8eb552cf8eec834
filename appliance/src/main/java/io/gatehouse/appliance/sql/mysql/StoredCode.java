package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the body of a trigger or routine can do to the session that runs it, by its words alone. Too
 * much rather than too little.
 *
 * @param changesSession whether it can change what later statements of the session mean
 * @param calls names of what it may call, in small letters and without their databases
 */
public record StoredCode(boolean changesSession, Set<String> calls) {
  private static final StoredCode UNREAD = new StoredCode(true, Set.of());

  /** Temporary tables, prepared statements, transactions, handlers. */
  private static final Set<String> CHANGING =
      Set.of(
          "temporary",
          "prepare",
          "execute",
          "deallocate",
          "commit",
          "rollback",
          "start",
          "xa",
          "reset",
          "unlock");

  private static final Set<String> KINDS_OF_HANDLERS = Set.of("continue", "exit", "undo");

  /** Whose routines are the server's, and are not looked at. */
  private static final Set<String> SYSTEM = Set.of("sys", "mysql");

  /** What a statement of a body can stand behind. */
  private static final Set<String> OPENING =
      Set.of("begin", "atomic", "then", "else", "do", "loop", "repeat");

  /** In whose statements SET is a clause. */
  private static final Set<String> WRITING = Set.of("update", "insert", "replace");

  /** What a list of columns follows, and no call. */
  private static final Set<String> BEFORE_TABLES = Set.of("into", "insert", "replace");

  public StoredCode {
    calls = Set.copyOf(calls);
  }

  /**
   * Reads a body.
   *
   * @param parameters of the routine
   * @param settings those that it was stored with
   */
  public static StoredCode of(String body, Set<String> parameters, LexerSettings settings) {
    try {
      return of(Lexer.tokens(body, settings), parameters, settings);
    } catch (NotReadException e) {
      return UNREAD;
    }
  }

  private static StoredCode of(List<Token> tokens, Set<String> parameters, LexerSettings settings) {
    Set<String> variables = variables(tokens, parameters);
    Set<String> calls = new HashSet<>();
    boolean changes = false;
    int statement = 0;
    for (int i = 0; i < tokens.size(); i++) {
      changes |= changes(tokens, i) || sets(tokens, statement, i, variables);
      if (calls(tokens, i, settings)) {
        calls.add(lower(tokens.get(i)));
      }
      if (opens(tokens.get(i))) {
        statement = i + 1;
      }
    }
    return new StoredCode(changes, calls);
  }

  private static String lower(Token token) {
    return Words.lower(token.text());
  }

  private static boolean word(Token token, Set<String> words) {
    return token.kind() == Kind.WORD && words.contains(lower(token));
  }

  private static boolean opens(Token token) {
    return token.symbol(";") || word(token, OPENING);
  }

  private static boolean named(Token token) {
    return switch (token.kind()) {
      case WORD, NAME, QUOTED_NAME -> true;
      default -> false;
    };
  }

  private static boolean changes(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    if (token.word("handler")) {
      return at == 0 || !word(tokens.get(at - 1), KINDS_OF_HANDLERS);
    }
    boolean system =
        named(token) && SYSTEM.contains(lower(token)) && tokens.get(at + 1).symbol(".");
    return system || word(token, CHANGING);
  }

  private static boolean calls(List<Token> tokens, int at, LexerSettings settings) {
    Token token = tokens.get(at);
    if (!named(token) || tokens.get(at + 1).symbol(".")) {
      return false;
    }
    boolean qualified = at > 1 && tokens.get(at - 1).symbol(".");
    int before = qualified ? at - 3 : at - 1;
    if (before >= 0 && tokens.get(before).word("call")) {
      return true;
    }
    boolean table = before >= 0 && word(tokens.get(before), BEFORE_TABLES);
    boolean type = token.kind() == Kind.WORD && !Keywords.namesFunction(lower(token), settings);
    return !table && !type && tokens.get(at + 1).symbol("(");
  }

  // Variables

  private static Set<String> variables(List<Token> tokens, Set<String> parameters) {
    Set<String> variables = new HashSet<>();
    parameters.forEach(name -> variables.add(Words.lower(name)));
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).word("declare")) {
        int at = i;
        do {
          at++;
          if (named(tokens.get(at))) {
            variables.add(lower(tokens.get(at)));
            at++;
          }
        } while (tokens.get(at).symbol(","));
      }
    }
    return variables;
  }

  /** Whether a SET stands here that sets anything but variables of the body or of the user. */
  private static boolean sets(List<Token> tokens, int statement, int at, Set<String> variables) {
    if (!tokens.get(at).word("set") || clause(tokens, statement, at)) {
      return false;
    }
    int target = at + 1;
    while (own(tokens, target, variables)) {
      target = behindValue(tokens, target);
      if (!tokens.get(target).symbol(",")) {
        return false;
      }
      target++;
    }
    return true;
  }

  private static boolean clause(List<Token> tokens, int statement, int at) {
    boolean type =
        at > 0 && (tokens.get(at - 1).word("character") || tokens.get(at - 1).word("char"));
    return type
        || (at > statement
            && tokens.subList(statement, at).stream().anyMatch(token -> word(token, WRITING)));
  }

  private static boolean own(List<Token> tokens, int at, Set<String> variables) {
    Token target = tokens.get(at);
    if (target.kind() == Kind.USER_VARIABLE) {
      return true;
    }
    if (!named(target)) {
      return false;
    }
    Token next = tokens.get(at + 1);
    String name = lower(target);
    return (name.equals("new") && next.symbol("."))
        || (variables.contains(name) && !setting(name) && assigns(next));
  }

  private static boolean assigns(Token token) {
    return token.symbol("=") || token.symbol(":=");
  }

  /** A variable of that name may be another block's. */
  private static boolean setting(String name) {
    return name.equals("sql_mode")
        || name.equals("autocommit")
        || name.startsWith("character_set_")
        || name.startsWith("collation_");
  }

  private static int behindValue(List<Token> tokens, int from) {
    int depth = 0;
    for (int i = from; i < tokens.size() - 1; i++) {
      Token token = tokens.get(i);
      if (depth == 0 && (token.symbol(",") || token.symbol(";"))) {
        return i;
      }
      depth += token.symbol("(") ? 1 : token.symbol(")") ? -1 : 0;
    }
    return tokens.size() - 1;
  }
}
