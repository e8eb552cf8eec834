package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Special;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Functions with words between their arguments. */
final class WordedFunctions {
  private final Grammar grammar;
  private final Cursor cursor;

  WordedFunctions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** The function that a word begins, before a parenthesis; nothing for other words. */
  Optional<Expression> read(String word) {
    return switch (word) {
      case "cast" -> inside(this::cast);
      case "convert" -> inside(this::convert);
      case "char" -> inside(this::characters);
      case "trim" -> inside(this::trim);
      case "substring", "substr", "mid" -> inside(this::substring);
      case "extract" -> inside(this::extract);
      case "position" -> inside(this::position);
      case "date_add", "date_sub" -> inside(() -> moved(word, false));
      case "adddate" -> inside(() -> moved("date_add", true));
      case "subdate" -> inside(() -> moved("date_sub", true));
      case "timestampadd", "timestampdiff" -> inside(() -> stamp(word));
      case "get_format" -> inside(this::getFormat);
      case "weight_string" -> inside(this::weight);
      case "interval" -> inside(() -> Functions.call("interval", grammar.expressions.list()));
      case "curdate", "curtime", "now", "sysdate" -> moment(word);
      case "default" -> inside(() -> ofColumn(word));
      case "values" ->
          cursor.settings.mysql() || grammar.changes.namesNewValues()
              ? inside(() -> ofColumn(word))
              : Optional.empty();
      case "match" -> {
        cursor.next();
        yield Optional.of(cursor.nested(this::match));
      }
      default -> flavoured(word);
    };
  }

  private Optional<Expression> inside(Supplier<Expression> arguments) {
    cursor.next();
    return Optional.of(cursor.nested(() -> cursor.inParentheses(arguments)));
  }

  private Optional<Expression> flavoured(String word) {
    boolean mysql = cursor.settings.mysql();
    return switch (word) {
      case "grouping" ->
          mysql
              ? inside(() -> Functions.call("grouping", grammar.expressions.list()))
              : Optional.empty();
      case "json_value" ->
          mysql && cursor.settings.version() >= 80021 ? inside(this::jsonValue) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Expression> moment(String word) {
    cursor.next();
    if (word.equals("curdate")) {
      cursor.expectSymbol("(");
      cursor.expectSymbol(")");
      return Optional.of(Functions.call("current_date", List.of()));
    }
    return Optional.of(grammar.functionSyntax.moment(word));
  }

  // Types and character sets

  private Expression cast() {
    Expression value = grammar.expressions.any();
    if (cursor.at("at")) {
      // AT TIME ZONE, which only newer servers have.
      throw cursor.unexpected();
    }
    cursor.expect("as");
    return new Expression.Cast(value, grammar.types.castType());
  }

  private Expression convert() {
    Expression value = grammar.expressions.any();
    if (cursor.take("using")) {
      grammar.names.characterSet();
      return Functions.call("convert", List.of(value));
    }
    cursor.expectSymbol(",");
    return new Expression.Cast(value, grammar.types.castType());
  }

  private Expression characters() {
    List<Expression> codes = grammar.expressions.list();
    if (cursor.take("using")) {
      grammar.names.characterSet();
    }
    return Functions.call("char", codes);
  }

  private Expression weight() {
    Expression value = grammar.expressions.any();
    if (cursor.take("as")) {
      if (!cursor.take("char")) {
        cursor.expect("binary");
      }
      cursor.expectSymbol("(");
      cursor.expect(Kind.INTEGER);
      cursor.expectSymbol(")");
    }
    return Functions.call("weight_string", List.of(value));
  }

  private Expression jsonValue() {
    Expression document = grammar.expressions.simple();
    cursor.expectSymbol(",");
    Expression path = grammar.primaries.read();
    List<TypeName> types = cursor.take("returning") ? List.of(grammar.types.castType()) : List.of();
    return new Special(
        "json_value", List.of(document, path), types, Optional.empty(), Optional.empty());
  }

  // Texts

  private Expression trim() {
    List<Expression> arguments = new ArrayList<>();
    if (cursor.takeAny("leading", "trailing", "both")) {
      if (!cursor.at("from")) {
        arguments.add(grammar.expressions.any());
      }
      cursor.expect("from");
      arguments.addFirst(grammar.expressions.any());
    } else {
      arguments.add(grammar.expressions.any());
      if (cursor.take("from")) {
        arguments.addFirst(grammar.expressions.any());
      }
    }
    return Functions.call("trim", arguments);
  }

  private Expression substring() {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(grammar.expressions.any());
    boolean worded = cursor.take("from");
    if (!worded) {
      cursor.expectSymbol(",");
    }
    arguments.add(grammar.expressions.any());
    if (worded ? cursor.take("for") : cursor.takeSymbol(",")) {
      arguments.add(grammar.expressions.any());
    }
    return Functions.call("substring", arguments);
  }

  private Expression position() {
    Expression wanted = grammar.expressions.bits();
    cursor.expect("in");
    return Functions.call("locate", List.of(wanted, grammar.expressions.any()));
  }

  /** The columns stand in parentheses or without. */
  private Expression match() {
    boolean parentheses = cursor.takeSymbol("(");
    List<Expression> arguments = new ArrayList<>(cursor.list(this::column));
    if (parentheses) {
      cursor.expectSymbol(")");
    }
    cursor.expect("against");
    cursor.expectSymbol("(");
    arguments.add(grammar.expressions.bits());
    if (cursor.take("in")) {
      if (cursor.take("boolean")) {
        cursor.expect("mode");
      } else {
        cursor.expect("natural", "language", "mode");
      }
    }
    if (cursor.take("with")) {
      cursor.expect("query", "expansion");
    }
    cursor.expectSymbol(")");
    return Special.of("match", arguments);
  }

  private Expression column() {
    return new Expression.ColumnReference(grammar.names.columnName().parts());
  }

  private Expression ofColumn(String word) {
    return Special.of(word, List.of(column()));
  }

  // Times

  private Expression extract() {
    grammar.functionSyntax.unit();
    cursor.expect("from");
    return Functions.call("extract", List.of(grammar.expressions.any()));
  }

  private Expression moved(String function, boolean days) {
    Expression from = grammar.expressions.any();
    cursor.expectSymbol(",");
    Expression by =
        cursor.at("interval") && !grammar.functionSyntax.atIntervalFunction()
            ? grammar.functionSyntax.interval()
            : daysOnly(days);
    return Functions.call(function, List.of(from, by));
  }

  private Expression daysOnly(boolean allowed) {
    if (!allowed) {
      throw cursor.unexpected();
    }
    return grammar.expressions.any();
  }

  private Expression stamp(String function) {
    String unit = cursor.word();
    boolean known =
        switch (unit.startsWith("sql_tsi_") ? unit.substring("sql_tsi_".length()) : unit) {
          case "second", "minute", "hour", "day", "week", "month", "quarter", "year" -> true;
          case "microsecond" -> unit.equals("microsecond");
          default -> false;
        };
    if (!known) {
      throw cursor.unexpected();
    }
    cursor.next();
    cursor.expectSymbol(",");
    Expression first = grammar.expressions.any();
    cursor.expectSymbol(",");
    return Functions.call(function, List.of(first, grammar.expressions.any()));
  }

  private Expression getFormat() {
    if (!cursor.takeAny("date", "time", "datetime", "timestamp")) {
      throw cursor.unexpected();
    }
    cursor.expectSymbol(",");
    return Functions.call("get_format", List.of(grammar.expressions.any()));
  }
}
