package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlSession.Evaluate;
import io.gatehouse.appliance.sql.tree.MysqlSession.ExecuteText;
import io.gatehouse.appliance.sql.tree.MysqlSession.Help;
import io.gatehouse.appliance.sql.tree.MysqlSession.Kill;
import io.gatehouse.appliance.sql.tree.MysqlSession.PrepareText;
import io.gatehouse.appliance.sql.tree.MysqlSession.Use;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SessionStatement.CallProcedure;
import io.gatehouse.appliance.sql.tree.SessionStatement.Deallocate;
import io.gatehouse.appliance.sql.tree.SessionStatement.Execute;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/** Texts that are prepared, procedures that are called, and other small statements. */
final class Sessions {
  private final Grammar grammar;
  private final Cursor cursor;
  private final Utilities utilities;

  Sessions(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.utilities = utilities;
  }

  Use use() {
    cursor.expect("use");
    return new Use(grammar.names.name());
  }

  Evaluate evaluate() {
    cursor.expect("do");
    return new Evaluate(cursor.list(this::evaluated));
  }

  private Expression evaluated() {
    Expression expression = grammar.expressions.any();
    if (cursor.settings.mysql()) {
      if (cursor.take("as")) {
        grammar.names.nameOrString();
      } else if (grammar.names.atName() || cursor.is(Kind.STRING)) {
        cursor.next();
      }
    }
    return expression;
  }

  CallProcedure call() {
    cursor.expect("call");
    QualifiedName name = grammar.names.qualifiedName();
    List<Expression> arguments = List.of();
    if (cursor.takeSymbol("(") && !cursor.takeSymbol(")")) {
      arguments = grammar.expressions.list();
      cursor.expectSymbol(")");
    }
    return new CallProcedure(
        new Expression.Call(
            name, Expression.Arguments.of(arguments), Optional.empty(), Optional.empty()));
  }

  // Prepared texts

  PrepareText prepare() {
    cursor.expect("prepare");
    Name name = grammar.names.name();
    cursor.expect("from");
    return new PrepareText(name, text());
  }

  private Expression text() {
    boolean plain = cursor.is(Kind.STRING) || cursor.is(Kind.USER_VARIABLE);
    if (cursor.settings.mysql() && !(plain && endsAt(cursor.peek(1)))) {
      throw cursor.unexpected();
    }
    return grammar.expressions.any();
  }

  private static boolean endsAt(Token token) {
    return token.kind() == Kind.END || token.symbol(";");
  }

  Statement execute() {
    cursor.expect("execute");
    if (cursor.settings.mariadb() && cursor.at("immediate") && !endsAt(cursor.peek(1))) {
      if (!cursor.peek(1).word("using")) {
        cursor.next();
        return new ExecuteText(grammar.expressions.any(), arguments());
      }
    }
    return new Execute(grammar.names.name(), arguments());
  }

  private List<Expression> arguments() {
    if (!cursor.take("using")) {
      return List.of();
    }
    return cursor.list(
        () -> {
          if (cursor.settings.mysql() && !cursor.is(Kind.USER_VARIABLE)) {
            throw cursor.unexpected();
          }
          return grammar.expressions.any();
        });
  }

  /** DEALLOCATE PREPARE and DROP PREPARE. */
  Deallocate deallocate() {
    cursor.next();
    cursor.expect("prepare");
    return new Deallocate(Optional.of(grammar.names.name()));
  }

  // Others

  Help help() {
    cursor.expect("help");
    return new Help(grammar.names.nameOrString().text());
  }

  Kill kill() {
    cursor.expect("kill");
    boolean mariadb = cursor.settings.mariadb();
    if (mariadb && atWord("hard", "soft")) {
      cursor.next();
    }
    String what = "connection";
    if (atWord("connection")) {
      cursor.next();
    } else if (atWord("query")) {
      cursor.next();
      what = "query";
      if (mariadb && atWord("id")) {
        cursor.next();
        what = "query id";
      }
    }
    if (mariadb && cursor.at("user") && !cursor.peek(1).symbol("(")) {
      cursor.next();
      Account account = utilities.accounts.account();
      return new Kill(what, Optional.empty(), Optional.of(account));
    }
    return new Kill(what, Optional.of(grammar.expressions.any()), Optional.empty());
  }

  /**
   * Words that could begin an expression as well, which another word or a number would not follow.
   */
  private boolean atWord(String... words) {
    Token next = cursor.peek(1);
    return cursor.atAny(words) && !endsAt(next) && !next.symbol("(") && !next.symbol(".");
  }
}
