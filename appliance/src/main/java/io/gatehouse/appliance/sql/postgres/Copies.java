package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Copy;
import io.gatehouse.appliance.sql.tree.Statement.CopyEnd;
import io.gatehouse.appliance.sql.tree.Statement.CopySource;
import io.gatehouse.appliance.sql.tree.Statement.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CopyStmt. */
final class Copies {
  private final Grammar grammar;
  private final Cursor cursor;

  Copies(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  private record Place(CopyEnd end, String text) {}

  Copy copy() {
    cursor.expect("copy");
    List<Option> options = new ArrayList<>();
    boolean query = cursor.atSymbol("(");
    if (!query) {
      options.addAll(grammar.options.flags("binary"));
    }
    CopySource source = query ? statement() : table();
    boolean from = !query && cursor.take("from");
    if (!from) {
      cursor.expect("to");
    }
    Place place = place();
    if (!query) {
      delimiters(options);
    }
    cursor.take("with");
    options.addAll(cursor.atSymbol("(") ? genericOptions() : oldOptions());
    Optional<Expression> where = from ? grammar.selectClauses.after("where") : Optional.empty();
    return new Copy(source, from, place.end(), place.text(), options, where);
  }

  private CopySource statement() {
    int open = cursor.index();
    Statement statement = cursor.inParentheses(grammar.statements::preparable);
    List<Token> tokens = cursor.since(open);
    return new Statement.CopyStatement(
        statement, tokens.get(1).start(), tokens.get(tokens.size() - 2).end());
  }

  private CopySource table() {
    QualifiedName table = cursor.qualifiedName();
    return new Statement.CopyTable(table, cursor.optionalNameList());
  }

  private Place place() {
    if (cursor.take("program")) {
      return new Place(CopyEnd.PROGRAM, cursor.string());
    }
    if (cursor.take("stdin") || cursor.take("stdout")) {
      return new Place(CopyEnd.CLIENT, "");
    }
    return new Place(CopyEnd.FILE, cursor.string());
  }

  private void delimiters(List<Option> options) {
    if (cursor.at("using") || cursor.at("delimiters")) {
      cursor.take("using");
      cursor.expect("delimiters");
      options.add(new Option("delimiter", List.of(cursor.string())));
    }
  }

  private List<Option> genericOptions() {
    return cursor.inParentheses(() -> cursor.list(this::genericOption));
  }

  private Option genericOption() {
    String name = cursor.label().text();
    if (cursor.takeSymbol("*")) {
      return new Option(name, List.of("*"));
    }
    if (cursor.take("default")) {
      return new Option(name, List.of("default"));
    }
    if (cursor.atSymbol("(")) {
      return new Option(name, cursor.inParentheses(() -> cursor.list(grammar.options::value)));
    }
    boolean value = grammar.options.atValue();
    return new Option(name, value ? List.of(grammar.options.value()) : List.of());
  }

  /** The options before there were parentheses, under the names of today. */
  private List<Option> oldOptions() {
    List<Option> options = new ArrayList<>();
    while (!cursor.atEnd() && !cursor.at("where")) {
      options.add(oldOption());
    }
    return options;
  }

  private Option oldOption() {
    if (cursor.atAny("binary", "csv")) {
      return new Option("format", List.of(cursor.next().text()));
    }
    if (cursor.atAny("freeze", "header")) {
      return new Option(cursor.next().text(), List.of("true"));
    }
    if (cursor.take("encoding")) {
      return new Option("encoding", List.of(cursor.string()));
    }
    if (cursor.take("force")) {
      return force();
    }
    if (cursor.atAny("delimiter", "null", "quote", "escape")) {
      String name = cursor.next().text();
      cursor.take("as");
      return new Option(name, List.of(cursor.string()));
    }
    throw cursor.unexpected();
  }

  private Option force() {
    String name = "force_quote";
    if (!cursor.take("quote")) {
      name = cursor.take("not") ? "force_not_null" : "force_null";
      cursor.expect("null");
    }
    if (cursor.takeSymbol("*")) {
      return new Option(name, List.of("*"));
    }
    return new Option(name, cursor.nameList().stream().map(Name::text).toList());
  }
}
