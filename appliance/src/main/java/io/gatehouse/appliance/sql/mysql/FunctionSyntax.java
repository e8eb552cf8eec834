package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Special;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Functions whose names are keywords, and those that are written in words. */
final class FunctionSyntax {
  /** Only with the parenthesis right behind them are they keywords, unless IGNORE_SPACE is on. */
  private static final Set<String> SPACE_SENSITIVE =
      Set.of(
          ("adddate bit_and bit_or bit_xor cast count cume_dist curdate curtime date_add date_sub"
                  + " dense_rank extract first_value group_concat json_arrayagg json_objectagg lag"
                  + " last_value lead max median mid min now nth_value ntile percent_rank"
                  + " percentile_cont percentile_disc position rank session_user st_collect std"
                  + " stddev stddev_pop stddev_samp subdate substr substring sum sysdate"
                  + " system_user trim trim_oracle var_pop var_samp variance")
              .split(" "));

  private record Arity(int fewest, int most) {}

  private static final Map<String, Arity> PLAIN =
      Map.ofEntries(
          plain("ascii", 1, 1),
          plain("charset", 1, 1),
          plain("coalesce", 1, Integer.MAX_VALUE),
          plain("collation", 1, 1),
          plain("database", 0, 0),
          plain("date", 1, 1),
          plain("day", 1, 1),
          plain("format", 2, 3),
          plain("hour", 1, 1),
          plain("if", 3, 3),
          plain("insert", 4, 4),
          plain("left", 2, 2),
          plain("microsecond", 1, 1),
          plain("minute", 1, 1),
          plain("mod", 2, 2),
          plain("month", 1, 1),
          plain("quarter", 1, 1),
          plain("repeat", 2, 2),
          plain("replace", 3, 3),
          plain("reverse", 1, 1),
          plain("right", 2, 2),
          plain("row_count", 0, 0),
          plain("schema", 0, 0),
          plain("second", 1, 1),
          plain("session_user", 0, 0),
          plain("system_user", 0, 0),
          plain("time", 1, 1),
          plain("timestamp", 1, 2),
          plain("truncate", 2, 2),
          plain("user", 0, 0),
          plain("week", 1, 2),
          plain("year", 1, 1));

  private static final Set<String> OF_MARIADB_ALONE = Set.of("median");

  private static final Map<String, Arity> WINDOW =
      Map.ofEntries(
          plain("row_number", 0, 0),
          plain("rank", 0, 0),
          plain("dense_rank", 0, 0),
          plain("cume_dist", 0, 0),
          plain("percent_rank", 0, 0),
          plain("ntile", 1, 1),
          plain("lead", 1, 3),
          plain("lag", 1, 3),
          plain("first_value", 1, 1),
          plain("last_value", 1, 1),
          plain("nth_value", 2, 2));

  private static final Set<String> UNITS =
      Set.of(
          ("microsecond second minute hour day week month quarter year second_microsecond"
                  + " minute_microsecond minute_second hour_microsecond hour_second hour_minute"
                  + " day_microsecond day_second day_minute day_hour year_month")
              .split(" "));

  private final Grammar grammar;
  private final Cursor cursor;
  private final WordedFunctions worded;

  FunctionSyntax(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.worded = new WordedFunctions(grammar);
  }

  private static Map.Entry<String, Arity> plain(String name, int fewest, int most) {
    return Map.entry(name, new Arity(fewest, most));
  }

  static boolean spaceSensitive(String name) {
    return SPACE_SENSITIVE.contains(Words.lower(name));
  }

  /** What a keyword begins here, or nothing if it is a name or a function like any other. */
  Optional<Expression> read(String word) {
    Optional<Expression> bare = bare(word);
    if (bare.isPresent() || !cursor.peek(1).symbol("(")) {
      return bare;
    }
    if (SPACE_SENSITIVE.contains(word)
        && !cursor.settings.modes().ignoreSpace()
        && cursor.peek(1).start() != cursor.token().end()) {
      throw new NotReadException(
          "a space behind a function's name, for which servers look elsewhere",
          cursor.token().start());
    }
    Arity plain = PLAIN.get(word);
    if (plain != null) {
      return Optional.of(plain(word, plain));
    }
    Arity window = WINDOW.get(word);
    if (window != null) {
      return Optional.of(grammar.functions.window(word, window.fewest(), most(word, window)));
    }
    return aggregate(word).or(() -> worded.read(word));
  }

  /** MariaDB's LEAD and LAG take no default. */
  private int most(String word, Arity arity) {
    boolean neighbour = word.equals("lead") || word.equals("lag");
    return neighbour && cursor.settings.mariadb() ? 2 : arity.most();
  }

  /** Those that need no parentheses. */
  private Optional<Expression> bare(String word) {
    return switch (word) {
      // Its columns may stand without parentheses.
      case "match" -> worded.read(word);
      case "current_date", "utc_date" -> Optional.of(withoutArguments(word));
      case "current_user" -> Optional.of(withoutArguments(word));
      case "current_role" ->
          cursor.settings.mariadb() ? Optional.of(withoutArguments(word)) : Optional.empty();
      case "current_time",
          "current_timestamp",
          "localtime",
          "localtimestamp",
          "utc_time",
          "utc_timestamp" -> {
        cursor.next();
        yield Optional.of(moment(word));
      }
      default -> Optional.empty();
    };
  }

  private Expression withoutArguments(String word) {
    cursor.next();
    if (cursor.takeSymbol("(")) {
      cursor.expectSymbol(")");
    }
    return Functions.call(word, List.of());
  }

  /** With the number of digits behind the seconds. */
  Expression moment(String word) {
    if (cursor.takeSymbol("(")) {
      if (cursor.is(Kind.INTEGER)) {
        cursor.next();
      }
      cursor.expectSymbol(")");
    }
    return Functions.call(word, List.of());
  }

  private Expression plain(String word, Arity arity) {
    cursor.next();
    List<Expression> arguments = grammar.functions.optionalArguments();
    if (arguments.size() < arity.fewest() || arguments.size() > arity.most()) {
      throw cursor.unexpected();
    }
    return Functions.call(word, arguments);
  }

  private Optional<Expression> aggregate(String word) {
    if (OF_MARIADB_ALONE.contains(word) && cursor.settings.mariadb()) {
      throw cursor.unexpected();
    }
    return switch (word) {
      case "count" -> Optional.of(grammar.functions.count());
      case "avg", "min", "max", "sum" -> Optional.of(grammar.functions.aggregate(word, true));
      case "bit_and",
          "bit_or",
          "bit_xor",
          "std",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "var_pop",
          "var_samp",
          "variance" ->
          Optional.of(grammar.functions.aggregate(word, false));
      case "group_concat" -> Optional.of(grammar.functions.groupConcat());
      case "json_arrayagg" -> Optional.of(grammar.functions.jsonAggregate(word, 1));
      case "json_objectagg" -> Optional.of(grammar.functions.jsonAggregate(word, 2));
      default -> Optional.empty();
    };
  }

  // INTERVAL

  /** {@code INTERVAL(a, b)} compares its arguments, {@code INTERVAL (a) DAY} is a time. */
  boolean atIntervalFunction() {
    return cursor.at("interval") && cursor.peek(1).symbol("(") && cursor.commaInParentheses();
  }

  /** {@code INTERVAL value unit}. */
  Expression interval() {
    cursor.expect("interval");
    Expression value = grammar.expressions.any();
    unit();
    return Special.of("interval", List.of(value));
  }

  String unit() {
    String unit = cursor.word();
    if (!UNITS.contains(unit)) {
      throw cursor.unexpected();
    }
    cursor.next();
    return unit;
  }
}
