package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlShow.ExplainConnection;
import io.gatehouse.appliance.sql.tree.MysqlShow.Show;
import io.gatehouse.appliance.sql.tree.MysqlShow.ShowAccount;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SHOW. */
final class Shows {
  private final Grammar grammar;
  private final Cursor cursor;
  private final Accounts accounts;

  Shows(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.accounts = utilities.accounts;
  }

  Statement show() {
    cursor.expect("show");
    if (cursor.take("grants")) {
      return grants();
    }
    if (cursor.at("create", "user")) {
      cursor.next();
      cursor.next();
      boolean self = cursor.settings.mariadb() && cursor.atEnd();
      return new ShowAccount(
          "create user", self ? Optional.empty() : Optional.of(accounts.account()), List.of());
    }
    if (cursor.at("count") && cursor.peek(1).symbol("(")) {
      return count();
    }
    if (cursor.settings.mariadb() && cursor.peek(1).word("for")) {
      return running();
    }
    Shown shown = Shown.at(cursor).orElseThrow(cursor::unexpected);
    return rest(shown);
  }

  private ShowAccount grants() {
    if (!cursor.take("for")) {
      return new ShowAccount("grants", Optional.empty(), List.of());
    }
    Account account = accounts.account();
    List<Account> roles =
        cursor.settings.mysql() && cursor.take("using") ? accounts.accounts() : List.of();
    return new ShowAccount("grants", Optional.of(account), roles);
  }

  /** What another session runs, by its number. */
  private ExplainConnection running() {
    if (!cursor.atAny("explain", "analyze")) {
      throw cursor.unexpected();
    }
    List<Option> options =
        cursor.at("analyze") ? List.of(new Option("analyze", List.of())) : List.of();
    cursor.next();
    cursor.expect("for");
    return new ExplainConnection(options, grammar.expressions.any());
  }

  private Show count() {
    cursor.next();
    cursor.expectSymbol("(");
    cursor.expectSymbol("*");
    cursor.expectSymbol(")");
    if (!cursor.atAny("warnings", "errors")) {
      throw cursor.unexpected();
    }
    String what = cursor.word();
    cursor.next();
    return new Show("count " + what, List.of(), Optional.empty(), List.of());
  }

  private Show rest(Shown shown) {
    List<QualifiedName> objects = new ArrayList<>();
    switch (shown.tail()) {
      case NOTHING, FILTER, LIMIT -> {}
      case OF_DATABASE -> database().ifPresent(objects::add);
      case OF_TABLE -> objects.add(table());
      case DATABASE_NAME -> {
        if (cursor.take("if")) {
          cursor.expect("not", "exists");
        }
        objects.add(new QualifiedName(List.of(grammar.names.name())));
      }
      case QUALIFIED_NAME -> objects.add(grammar.names.qualifiedName());
      case ENGINE -> objects.add(engine());
      case CHANNEL -> channel();
      case EVENTS -> events();
      case PROFILE -> profile();
    }
    return filtered(shown, objects);
  }

  private Show filtered(Shown shown, List<QualifiedName> objects) {
    Optional<String> like = Optional.empty();
    List<Expression> filters = new ArrayList<>();
    boolean filter =
        switch (shown.tail()) {
          case FILTER, OF_DATABASE, OF_TABLE -> true;
          default -> false;
        };
    boolean index = shown.words().endsWith("index");
    if (filter && !index && cursor.take("like")) {
      like = Optional.of(cursor.string());
    } else if (filter && cursor.take("where")) {
      filters.add(grammar.expressions.any());
    } else {
      limit(shown, filters);
    }
    return new Show(shown.words(), objects, like, filters);
  }

  private void limit(Shown shown, List<Expression> filters) {
    boolean limited =
        switch (shown.tail()) {
          case LIMIT, EVENTS, PROFILE -> true;
          default -> false;
        };
    if (limited && cursor.take("limit")) {
      filters.add(grammar.expressions.any());
      if (cursor.takeSymbol(",") || cursor.take("offset")) {
        filters.add(grammar.expressions.any());
      }
    }
    if (shown.tail() == Shown.Tail.EVENTS) {
      channel();
    }
  }

  private boolean fromOrIn() {
    return cursor.takeAny("from", "in");
  }

  private Optional<QualifiedName> database() {
    return fromOrIn()
        ? Optional.of(new QualifiedName(List.of(grammar.names.name())))
        : Optional.empty();
  }

  private QualifiedName table() {
    if (!fromOrIn()) {
      throw cursor.unexpected();
    }
    QualifiedName table = grammar.names.qualifiedName();
    // The later database is the one that counts.
    return fromOrIn() ? new QualifiedName(List.of(grammar.names.name(), table.last())) : table;
  }

  private QualifiedName engine() {
    Name engine = cursor.take("all") ? Name.of("all") : grammar.names.nameOrString();
    if (!cursor.takeAny("status", "mutex", "logs")) {
      throw cursor.unexpected();
    }
    return new QualifiedName(List.of(engine));
  }

  private void channel() {
    if (cursor.take("for")) {
      cursor.expect("channel");
      cursor.string();
    }
  }

  private void events() {
    if (cursor.take("in")) {
      cursor.string();
    }
    if (cursor.take("from")) {
      cursor.expect(Kind.INTEGER);
    }
  }

  private void profile() {
    if (!cursor.atEnd() && !cursor.atAny("for", "limit")) {
      cursor.list(this::profiled);
    }
    if (cursor.take("for")) {
      cursor.expect("query");
      cursor.expect(Kind.INTEGER);
    }
  }

  private String profiled() {
    String word = cursor.word();
    switch (word) {
      case "all", "cpu", "ipc", "memory", "source", "swaps" -> cursor.next();
      case "block" -> cursor.expect("block", "io");
      case "context" -> cursor.expect("context", "switches");
      case "page" -> cursor.expect("page", "faults");
      default -> throw cursor.unexpected();
    }
    return word;
  }
}
