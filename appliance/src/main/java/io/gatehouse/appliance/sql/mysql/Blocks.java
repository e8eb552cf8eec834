package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import java.util.Set;

/**
 * Where code ends that is not read: one statement, or a block with semicolons of its own. The words
 * of blocks may be names as well, so whatever is not surely the begin of a block is none: then it
 * ends too early here, and what follows is refused.
 */
final class Blocks {
  /** Of what END closes beside blocks, by the word behind it. */
  private static final Set<String> OTHERS = Set.of("if", "case", "loop", "while", "repeat", "for");

  /** Behind these a statement starts, or an expression in which BEGIN may be a name. */
  private static final Set<String> LEADING = Set.of("then", "else", "loop", "repeat");

  /** Which no expression goes on with. */
  private static final Set<String> VERBS =
      Set.of(
          "declare",
          "select",
          "insert",
          "update",
          "delete",
          "replace",
          "set",
          "call",
          "if",
          "case",
          "while",
          "repeat",
          "loop",
          "signal",
          "resignal",
          "return",
          "leave",
          "iterate",
          "begin");

  private final Cursor cursor;

  Blocks(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The body of a routine, which starts here. */
  void skip() {
    if (cursor.atEnd()) {
      throw cursor.unexpected();
    }
    if (cursor.peek(1).symbol(":") && cursor.peek(2).word("begin")) {
      cursor.next();
      cursor.next();
    }
    if (cursor.at("begin")) {
      block();
    } else {
      statement();
    }
  }

  private void statement() {
    while (!cursor.atEnd()) {
      cursor.next();
    }
  }

  private void block() {
    Token before = cursor.next();
    int open = 1;
    boolean empty = true;
    while (open > 0) {
      Token token = cursor.next();
      if (token.kind() == Kind.END) {
        throw cursor.unexpected();
      }
      boolean opened = token.word("begin") && (empty || opens(before));
      if (opened) {
        open++;
      } else if (token.word("end") && (empty || before.symbol(";")) && !closesOther()) {
        open--;
      }
      empty = opened;
      before = token;
    }
    if (!cursor.atEnd()) {
      // The label again.
      cursor.next();
    }
  }

  private boolean opens(Token before) {
    if (cursor.atSymbol(":")) {
      return false;
    }
    if (before.symbol(";") || condition(before)) {
      return true;
    }
    boolean leading = before.symbol(":") || LEADING.contains(Cursor.word(before));
    return leading && VERBS.contains(cursor.word());
  }

  /** Whether a token is the last one of {@code DECLARE ... HANDLER FOR condition}. */
  private boolean condition(Token token) {
    Token before = cursor.peek(-3);
    return token.word("sqlexception")
        || token.word("sqlwarning")
        || (token.word("found") && before.word("not") && cursor.peek(-4).word("for"))
        || (token.kind() == Kind.STRING && before.word("sqlstate"))
        || (token.kind() == Kind.INTEGER && before.word("for"));
  }

  private boolean closesOther() {
    return OTHERS.contains(cursor.word());
  }
}
