package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.Parentheses;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Arguments;
import io.gatehouse.appliance.sql.tree.Expression.Call;
import io.gatehouse.appliance.sql.tree.Expression.Special;
import io.gatehouse.appliance.sql.tree.Expression.Subquery;
import io.gatehouse.appliance.sql.tree.Expression.SubqueryKind;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.TypeName;
import io.gatehouse.appliance.sql.tree.WindowReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SQL/JSON functions. */
final class JsonSyntax {
  private final Grammar grammar;
  private final Cursor cursor;

  JsonSyntax(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** What one function collects while it is read. */
  private static final class Parts {
    final List<Expression> arguments = new ArrayList<>();
    final List<TypeName> types = new ArrayList<>();
    final List<SortItem> orderBy = new ArrayList<>();
  }

  Optional<Expression> read(String word) {
    return switch (word) {
      case "json_object" -> Optional.of(object());
      case "json",
          "json_array",
          "json_scalar",
          "json_serialize",
          "json_query",
          "json_exists",
          "json_value",
          "json_objectagg",
          "json_arrayagg" ->
          Optional.of(function(word));
      default -> Optional.empty();
    };
  }

  private Expression function(String word) {
    cursor.next();
    cursor.expectSymbol("(");
    Parts parts = new Parts();
    inside(word, parts);
    cursor.expectSymbol(")");
    boolean aggregate = word.endsWith("agg");
    Optional<Expression> filter = aggregate ? grammar.functions.filter() : Optional.empty();
    Optional<WindowReference> over = aggregate ? grammar.functions.over() : Optional.empty();
    parts.orderBy.forEach(item -> parts.arguments.add(item.value()));
    return new Special(word, parts.arguments, parts.types, filter, over);
  }

  private void inside(String word, Parts parts) {
    switch (word) {
      case "json" -> {
        parts.arguments.add(value());
        keyUniqueness();
      }
      case "json_array" -> array(parts);
      case "json_scalar" -> parts.arguments.add(grammar.expressions.any());
      case "json_serialize" -> {
        parts.arguments.add(value());
        returning(parts);
      }
      case "json_objectagg" -> {
        nameAndValue(parts);
        nullClause();
        keyUniqueness();
        returning(parts);
      }
      case "json_arrayagg" -> {
        parts.arguments.add(value());
        parts.orderBy.addAll(grammar.selectClauses.optionalOrderBy());
        nullClause();
        returning(parts);
      }
      default -> query(word, parts);
    }
  }

  /** json_value_expr. */
  Expression value() {
    Expression value = grammar.expressions.any();
    format();
    return value;
  }

  /** json_format_clause_opt. */
  void format() {
    if (cursor.take("format", "json") && cursor.take("encoding")) {
      cursor.columnId();
    }
  }

  private void returning(Parts parts) {
    if (cursor.take("returning")) {
      parts.types.add(grammar.types.read());
      format();
    }
  }

  private void nullClause() {
    if (cursor.at("null") || cursor.at("absent")) {
      cursor.next();
      cursor.expect("on", "null");
    }
  }

  void keyUniqueness() {
    if (cursor.take("with", "unique") || cursor.take("without", "unique")) {
      cursor.take("keys");
    }
  }

  private void nameAndValue(Parts parts) {
    parts.arguments.add(grammar.expressions.any());
    if (!cursor.takeSymbol(":")) {
      cursor.expect("value");
    }
    parts.arguments.add(value());
  }

  private Expression object() {
    cursor.next();
    cursor.expectSymbol("(");
    Parts parts = new Parts();
    if (!cursor.atSymbol(")") && !cursor.at("returning")) {
      Expression.Argument first = grammar.functions.plainItem();
      boolean pairs = first.name().isEmpty() && (cursor.atSymbol(":") || cursor.at("value"));
      if (!pairs) {
        return ordinaryObject(first);
      }
      pairs(parts, first.value());
      nullClause();
      keyUniqueness();
    }
    returning(parts);
    cursor.expectSymbol(")");
    return new Special(
        "json_object", parts.arguments, parts.types, Optional.empty(), Optional.empty());
  }

  private void pairs(Parts parts, Expression firstName) {
    parts.arguments.add(firstName);
    if (!cursor.takeSymbol(":")) {
      cursor.expect("value");
    }
    parts.arguments.add(value());
    while (cursor.takeSymbol(",")) {
      nameAndValue(parts);
    }
  }

  /** The older function of that name. */
  private Expression ordinaryObject(Expression.Argument first) {
    List<Expression.Argument> items = new ArrayList<>();
    items.add(first);
    while (cursor.takeSymbol(",")) {
      items.add(grammar.functions.plainItem());
    }
    cursor.expectSymbol(")");
    return new Call(
        QualifiedName.of("pg_catalog", "json_object"),
        new Arguments(items, false, false, List.of(), List.of()),
        Optional.empty(),
        Optional.empty());
  }

  private void array(Parts parts) {
    if (grammar.queries.atStart()) {
      parts.arguments.add(new Subquery(SubqueryKind.ARRAY, grammar.queries.withoutParentheses()));
      format();
    } else if (cursor.atSymbol("(")) {
      arrayFromParenthesis(parts);
    } else if (!cursor.atSymbol(")") && !cursor.at("returning")) {
      values(parts, value());
    }
    returning(parts);
  }

  private void values(Parts parts, Expression first) {
    parts.arguments.add(first);
    while (cursor.takeSymbol(",")) {
      parts.arguments.add(value());
    }
    nullClause();
  }

  private void arrayFromParenthesis(Parts parts) {
    Parentheses.Content content = grammar.parentheses.read();
    if (content instanceof Parentheses.OfQuery query && grammar.queries.atContinuation()) {
      parts.arguments.add(
          new Subquery(SubqueryKind.ARRAY, grammar.queries.continued(query.query())));
      format();
    } else {
      Expression primary = grammar.parentheses.primary(content);
      Expression first = grammar.expressions.continued(primary);
      format();
      values(parts, first);
    }
  }

  /** JSON_QUERY, JSON_EXISTS and JSON_VALUE. */
  private void query(String word, Parts parts) {
    parts.arguments.add(value());
    cursor.expectSymbol(",");
    parts.arguments.add(grammar.expressions.any());
    parts.arguments.addAll(passing());
    if (!word.equals("json_exists")) {
      returning(parts);
    }
    if (word.equals("json_query")) {
      wrapper();
      quotes();
    }
    parts.arguments.addAll(behaviors());
  }

  /** json_passing_clause_opt. */
  List<Expression> passing() {
    if (!cursor.take("passing")) {
      return List.of();
    }
    return cursor.list(
        () -> {
          Expression value = value();
          cursor.expect("as");
          cursor.label();
          return value;
        });
  }

  /** json_wrapper_behavior. */
  void wrapper() {
    if (cursor.take("without")) {
      cursor.take("array");
      cursor.expect("wrapper");
    } else if (cursor.take("with")) {
      if (!cursor.take("conditional")) {
        cursor.take("unconditional");
      }
      cursor.take("array");
      cursor.expect("wrapper");
    }
  }

  /** json_quotes_clause_opt. */
  void quotes() {
    if (cursor.take("keep") || cursor.take("omit")) {
      cursor.expect("quotes");
      if (cursor.take("on")) {
        cursor.expect("scalar", "string");
      }
    }
  }

  /** json_behavior_clause_opt: what happens on EMPTY and on ERROR. */
  List<Expression> behaviors() {
    List<Expression> defaults = new ArrayList<>();
    boolean empty = false;
    while (cursor.atAny("default", "error", "null", "true", "false", "unknown", "empty")) {
      if (cursor.take("default")) {
        defaults.add(grammar.expressions.any());
      } else if (cursor.take("empty")) {
        if (!cursor.take("array")) {
          cursor.take("object");
        }
      } else {
        cursor.next();
      }
      cursor.expect("on");
      if (cursor.take("error")) {
        break;
      }
      if (empty) {
        throw cursor.unexpected();
      }
      cursor.expect("empty");
      empty = true;
    }
    return defaults;
  }
}
