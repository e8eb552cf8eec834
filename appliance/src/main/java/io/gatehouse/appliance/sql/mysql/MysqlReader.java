package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.mysql.Reading.Located;
import io.gatehouse.appliance.sql.mysql.Reading.NotRead;
import io.gatehouse.appliance.sql.mysql.Reading.Read;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** The first reading of a text: exactly as the server would, or not at all. */
public final class MysqlReader {
  private MysqlReader() {}

  /**
   * Reads a text.
   *
   * @param sql decoded from valid UTF-8: the caller refuses sessions that send another encoding
   * @param several whether more than one statement may stand in the text
   */
  public static Reading read(String sql, LexerSettings settings, boolean several) {
    try {
      List<Token> tokens = Lexer.tokens(sql, settings);
      return new Read(statements(new Grammar(new Cursor(tokens, settings)), several));
    } catch (NotReadException e) {
      return new NotRead(e.reason(), e.position());
    } catch (StackOverflowError e) {
      // A caller with little stack: the reader keeps nothing, so the text is refused and no more.
      return new NotRead("nested deeper than this thread's stack", 0);
    }
  }

  /** The parts of a text that hold passwords; all of it, where it holds some and is not read. */
  public static List<SecretSpan> secrets(String sql, LexerSettings settings) {
    return Passwords.in(sql, settings);
  }

  /** The same for a session whose settings are not known: what is a secret in any of them. */
  public static List<SecretSpan> secrets(String sql, Flavour flavour) {
    return Passwords.inAny(sql, flavour);
  }

  /** Unlike PostgreSQL's, this server takes no empty statement between others. */
  private static List<Located> statements(Grammar grammar, boolean several) {
    Cursor cursor = grammar.cursor;
    List<Located> statements = new ArrayList<>();
    while (cursor.token().kind() != Token.Kind.END) {
      if (!several && !statements.isEmpty()) {
        throw new NotReadException("several statements in one text", cursor.token().start());
      }
      if (!statements.isEmpty() && Statements.changesReading(statements.getLast().statement())) {
        throw new NotReadException("behind what may change how it is read", cursor.token().start());
      }
      statements.add(statement(grammar));
      cursor.takeSymbol(";");
    }
    return statements;
  }

  private static Located statement(Grammar grammar) {
    Cursor cursor = grammar.cursor;
    cursor.newStatement();
    int from = cursor.index();
    Statement statement = grammar.statements.read();
    if (!cursor.atEnd()) {
      throw cursor.unexpected();
    }
    List<Token> tokens = cursor.since(from);
    int start = tokens.getFirst().start();
    return new Located(
        statement, start, tokens.getLast().end(), Fingerprint.of(tokens, cursor.settings));
  }
}
