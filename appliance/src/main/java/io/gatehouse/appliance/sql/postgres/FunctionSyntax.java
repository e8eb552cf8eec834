package io.gatehouse.appliance.sql.postgres;

import static io.gatehouse.appliance.sql.postgres.Expressions.system;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Argument;
import io.gatehouse.appliance.sql.tree.Expression.Arguments;
import io.gatehouse.appliance.sql.tree.Expression.Call;
import io.gatehouse.appliance.sql.tree.Expression.Cast;
import io.gatehouse.appliance.sql.tree.Expression.Special;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** func_expr_common_subexpr: functions with a syntax of their own, but for XML and JSON. */
final class FunctionSyntax {
  private final Grammar grammar;
  private final Cursor cursor;

  FunctionSyntax(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** What starts with a reserved word. */
  Optional<Expression> reserved(String word) {
    return switch (word) {
      case "cast" -> Optional.of(cast());
      case "current_date",
          "current_role",
          "current_user",
          "session_user",
          "system_user",
          "user",
          "current_catalog" ->
          Optional.of(Special.of(cursor.next().text(), List.of()));
      case "current_time", "current_timestamp", "localtime", "localtimestamp" ->
          Optional.of(clock());
      default -> Optional.empty();
    };
  }

  private Expression clock() {
    Special clock = Special.of(cursor.next().text(), List.of());
    if (cursor.takeSymbol("(")) {
      cursor.expect(Kind.INTEGER);
      cursor.expectSymbol(")");
    }
    return clock;
  }

  private Expression cast() {
    cursor.expect("cast");
    cursor.expectSymbol("(");
    Expression value = grammar.expressions.any();
    cursor.expect("as");
    TypeName type = grammar.types.read();
    cursor.expectSymbol(")");
    return new Cast(value, type);
  }

  /** What starts with a word that is a name unless something certain follows. */
  Optional<Expression> unreserved(String word) {
    boolean open = cursor.peek(1).symbol("(");
    if (word.equals("collation") && cursor.peek(1).word("for")) {
      return Optional.of(collationFor());
    }
    if (word.equals("current_schema") && !open && cursor.peek(1).kind() != Kind.STRING) {
      return Optional.of(Special.of(cursor.next().text(), List.of()));
    }
    if (!open) {
      return Optional.empty();
    }
    if (word.startsWith("xml")) {
      return grammar.xml.read(word);
    }
    if (word.startsWith("json")) {
      return grammar.json.read(word);
    }
    return call(word);
  }

  /** The same where FROM allows a call. */
  Optional<Expression> inFrom() {
    if (!cursor.is(Kind.KEYWORD)) {
      return Optional.empty();
    }
    String word = cursor.token().text();
    Optional<Expression> reserved = reserved(word);
    return reserved.isPresent() ? reserved : unreserved(word);
  }

  private Optional<Expression> call(String word) {
    return switch (word) {
      case "nullif", "coalesce", "greatest", "least" -> Optional.of(list(word));
      case "merge_action" -> {
        cursor.next();
        cursor.expectSymbol("(");
        cursor.expectSymbol(")");
        yield Optional.of(Special.of(word, List.of()));
      }
      case "extract", "normalize", "overlay", "position", "substring", "treat", "trim" -> {
        cursor.next();
        cursor.expectSymbol("(");
        Expression call = inside(word);
        cursor.expectSymbol(")");
        yield Optional.of(call);
      }
      default -> Optional.empty();
    };
  }

  private Expression list(String word) {
    cursor.next();
    List<Expression> arguments = grammar.expressions.listInParentheses();
    if (word.equals("nullif") && arguments.size() != 2) {
      throw cursor.unexpected();
    }
    return Special.of(word, arguments);
  }

  private Expression collationFor() {
    cursor.expect("collation", "for");
    cursor.expectSymbol("(");
    Expression value = grammar.expressions.any();
    cursor.expectSymbol(")");
    return system("pg_collation_for", List.of(value));
  }

  private Expression inside(String word) {
    return switch (word) {
      case "extract" -> extract();
      case "normalize" -> normalize();
      case "overlay" -> overlay();
      case "position" -> position();
      case "substring" -> substring();
      case "treat" -> treat();
      default -> trim();
    };
  }

  private Expression extract() {
    boolean field =
        cursor.is(Kind.IDENTIFIER)
            || cursor.is(Kind.QUOTED_IDENTIFIER)
            || cursor.is(Kind.STRING)
            || cursor.atAny("year", "month", "day", "hour", "minute", "second");
    if (!field) {
      throw cursor.unexpected();
    }
    Expression name = Predicates.text(cursor.next().text());
    cursor.expect("from");
    return system("extract", List.of(name, grammar.expressions.any()));
  }

  private Expression normalize() {
    Expression value = grammar.expressions.any();
    return cursor.takeSymbol(",")
        ? system("normalize", List.of(value, normalForm()))
        : system("normalize", List.of(value));
  }

  Expression normalForm() {
    if (!cursor.atAny("nfc", "nfd", "nfkc", "nfkd")) {
      throw cursor.unexpected();
    }
    return Predicates.text(cursor.next().text());
  }

  private Expression overlay() {
    List<Argument> first = first();
    if (!keywordForm(first, "placing")) {
      return plain("overlay", first);
    }
    List<Expression> arguments = new ArrayList<>();
    arguments.add(first.getFirst().value());
    cursor.expect("placing");
    arguments.add(grammar.expressions.any());
    cursor.expect("from");
    arguments.add(grammar.expressions.any());
    after("for").ifPresent(arguments::add);
    return system("overlay", arguments);
  }

  private List<Argument> first() {
    return cursor.atSymbol(")") ? List.of() : List.of(grammar.functions.plainItem());
  }

  private boolean keywordForm(List<Argument> first, String... words) {
    return first.size() == 1 && first.getFirst().name().isEmpty() && cursor.atAny(words);
  }

  private Expression position() {
    Expression part = grammar.expressions.restricted();
    cursor.expect("in");
    return system("position", List.of(grammar.expressions.restricted(), part));
  }

  /** A call in ordinary notation, whose name is looked up as any other's. */
  private Expression plain(String name, List<Argument> first) {
    List<Argument> items = new ArrayList<>(first);
    while (!items.isEmpty() && cursor.takeSymbol(",")) {
      items.add(grammar.functions.plainItem());
    }
    Arguments arguments = new Arguments(items, false, false, List.of(), List.of());
    return new Call(QualifiedName.of(name), arguments, Optional.empty(), Optional.empty());
  }

  private Expression substring() {
    List<Argument> first = first();
    if (!keywordForm(first, "from", "for", "similar")) {
      return plain("substring", first);
    }
    Expression value = first.getFirst().value();
    if (cursor.take("similar")) {
      Expression pattern = grammar.expressions.any();
      cursor.expect("escape");
      return system("substring", List.of(value, pattern, grammar.expressions.any()));
    }
    Optional<Expression> from = after("from");
    Optional<Expression> length = after("for");
    if (from.isEmpty()) {
      from = after("from");
    }
    List<Expression> arguments = new ArrayList<>();
    arguments.add(value);
    arguments.add(from.orElse(new Expression.Constant(Expression.ConstantKind.INTEGER, "1")));
    length.ifPresent(arguments::add);
    return system("substring", arguments);
  }

  private Optional<Expression> after(String word) {
    return cursor.take(word) ? Optional.of(grammar.expressions.any()) : Optional.empty();
  }

  private Expression treat() {
    Expression value = grammar.expressions.any();
    cursor.expect("as");
    TypeName type = grammar.types.read();
    // The server makes it a call of the function that has the type's name.
    return system(type.name().last().text(), List.of(value));
  }

  private Expression trim() {
    String function = "btrim";
    if (cursor.take("leading")) {
      function = "ltrim";
    } else if (cursor.take("trailing")) {
      function = "rtrim";
    } else {
      cursor.take("both");
    }
    if (cursor.take("from")) {
      return system(function, grammar.expressions.list());
    }
    List<Expression> arguments = grammar.expressions.list();
    if (arguments.size() == 1 && cursor.take("from")) {
      List<Expression> from = new ArrayList<>(grammar.expressions.list());
      from.add(arguments.getFirst());
      return system(function, from);
    }
    return system(function, arguments);
  }
}
