package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.postgres.Reading.Located;
import io.gatehouse.appliance.sql.postgres.Reading.NotRead;
import io.gatehouse.appliance.sql.postgres.Reading.Read;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** The first reading of a text: exactly as the server would, or not at all. */
public final class PostgresReader {
  private PostgresReader() {}

  /**
   * Reads a text.
   *
   * @param sql decoded from valid UTF-8, without NUL: the caller refuses all else
   */
  public static Reading read(String sql, LexerSettings settings) {
    try {
      List<Token> tokens = Lexer.tokens(sql, settings);
      Cursor cursor = new Cursor(tokens, settings.maxDepth());
      return new Read(statements(new Grammar(cursor), settings));
    } catch (NotReadException e) {
      return new NotRead(e.reason(), e.position());
    } catch (StackOverflowError e) {
      // A caller with little stack: the reader keeps nothing, so the text is refused and no more.
      return new NotRead("nested deeper than this thread's stack", 0);
    }
  }

  /**
   * The tokens of a text, for those who compare them with the server's.
   *
   * @return the tokens without the closing END; empty for a text that was not read
   */
  public static List<Token> tokens(String sql, LexerSettings settings) {
    try {
      List<Token> tokens = Lexer.tokens(sql, settings);
      return tokens.subList(0, tokens.size() - 1);
    } catch (NotReadException e) {
      return List.of();
    }
  }

  /** The parts of a text that hold passwords; all of it, where it holds some and is not read. */
  public static List<SecretSpan> secrets(String sql, LexerSettings settings) {
    return Passwords.in(sql, settings);
  }

  private static List<Located> statements(Grammar grammar, LexerSettings settings) {
    Cursor cursor = grammar.cursor;
    List<Located> statements = new ArrayList<>();
    while (true) {
      while (cursor.takeSymbol(";")) {
        // an empty statement
      }
      if (cursor.token().kind() == Token.Kind.END) {
        return statements;
      }
      if (!settings.severalStatements() && !statements.isEmpty()) {
        throw new NotReadException("several statements in one text", cursor.token().start());
      }
      statements.add(statement(grammar));
    }
  }

  private static Located statement(Grammar grammar) {
    Cursor cursor = grammar.cursor;
    int from = cursor.index();
    Statement statement = grammar.statements.read();
    if (!cursor.atEnd()) {
      throw cursor.unexpected();
    }
    List<Token> tokens = cursor.since(from);
    int start = tokens.getFirst().start();
    return new Located(statement, start, tokens.getLast().end(), Fingerprint.of(tokens));
  }
}
