package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Cast;
import io.gatehouse.appliance.sql.tree.Expression.Constant;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;

/** Typename, and the types that may stand before a constant. */
final class TypeNames {
  private final Grammar grammar;
  private final Cursor cursor;

  TypeNames(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** Typename. */
  TypeName read() {
    boolean setOf = cursor.take("setof");
    TypeName simple = simple();
    return new TypeName(simple.name(), simple.modifiers(), setOf, false, dimensions());
  }

  private int dimensions() {
    int dimensions = 0;
    if (cursor.take("array")) {
      if (cursor.takeSymbol("[")) {
        cursor.expect(Kind.INTEGER);
        cursor.expectSymbol("]");
      }
      return 1;
    }
    while (cursor.takeSymbol("[")) {
      if (!cursor.atSymbol("]")) {
        cursor.expect(Kind.INTEGER);
      }
      cursor.expectSymbol("]");
      dimensions++;
    }
    return dimensions;
  }

  /** SimpleTypename. */
  TypeName simple() {
    if (cursor.at("interval")) {
      cursor.next();
      if (cursor.atSymbol("(")) {
        return builtIn("interval", precision());
      }
      intervalFields();
      return builtIn("interval");
    }
    if (hasOwnGrammar(cursor.token(), cursor.peek(1))) {
      return constantType();
    }
    return generic();
  }

  private TypeName generic() {
    List<Name> parts = new ArrayList<>();
    parts.add(cursor.typeOrFunctionName());
    while (cursor.takeSymbol(".")) {
      parts.add(cursor.label());
    }
    return new TypeName(new QualifiedName(parts), optionalModifiers(), false, false, 0);
  }

  private List<Expression> optionalModifiers() {
    return cursor.atSymbol("(") ? grammar.expressions.listInParentheses() : List.of();
  }

  private static boolean hasOwnGrammar(Token token, Token next) {
    if (token.kind() != Kind.KEYWORD) {
      return false;
    }
    return switch (token.text()) {
      case "int",
          "integer",
          "smallint",
          "bigint",
          "real",
          "float",
          "decimal",
          "dec",
          "numeric",
          "boolean",
          "bit",
          "character",
          "char",
          "varchar",
          "nchar",
          "timestamp",
          "time",
          "json" ->
          true;
      case "double" -> next.word("precision");
      case "national" -> next.word("character") || next.word("char");
      default -> false;
    };
  }

  /** Whether the token starts a type before a constant, and is not a column of that name. */
  boolean atConstantType() {
    Token next = cursor.peek(1);
    if (cursor.at("interval")) {
      return next.kind() == Kind.STRING || next.symbol("(");
    }
    if (!hasOwnGrammar(cursor.token(), next)) {
      return false;
    }
    return next.kind() == Kind.STRING
        || (next.symbol("(") && !cursor.at("json"))
        || next.word("varying")
        || cursor.at("double")
        || cursor.at("national")
        || (cursor.atAny("time", "timestamp") && atZone(1));
  }

  /** WITH before TIME or ORDINALITY, WITHOUT before TIME: tokens of their own to the scanner. */
  private boolean atZone(int distance) {
    Token with = cursor.peek(distance);
    Token then = cursor.peek(distance + 1);
    return (with.word("with") && (then.word("time") || then.word("ordinality")))
        || (with.word("without") && then.word("time"));
  }

  /** ConstTypename, but for intervals. */
  TypeName constantType() {
    String word = cursor.next().text();
    return switch (word) {
      case "int", "integer" -> builtIn("int4");
      case "smallint" -> builtIn("int2");
      case "bigint" -> builtIn("int8");
      case "real" -> builtIn("float4");
      case "float" -> floating();
      case "double" -> {
        cursor.expect("precision");
        yield builtIn("float8");
      }
      case "decimal", "dec", "numeric" -> builtIn("numeric", optionalModifiers());
      case "boolean" -> builtIn("bool");
      case "json" -> builtIn("json");
      case "bit" -> {
        String name = cursor.take("varying") ? "varbit" : "bit";
        yield builtIn(name, optionalModifiers());
      }
      case "time", "timestamp" -> dateTime(word);
      default -> character(word);
    };
  }

  private TypeName floating() {
    if (!cursor.atSymbol("(")) {
      return builtIn("float8");
    }
    int bits = Numbers.value(integer(precision()));
    if (bits < 1 || bits > 53) {
      throw cursor.unexpected();
    }
    return builtIn(bits < 25 ? "float4" : "float8");
  }

  private static String integer(List<Expression> precision) {
    return precision.getFirst() instanceof Constant constant ? constant.text() : "0";
  }

  private TypeName dateTime(String word) {
    List<Expression> precision = cursor.atSymbol("(") ? precision() : List.of();
    boolean zone = false;
    if (atZone(0)) {
      zone = cursor.next().word("with");
      cursor.expect("time", "zone");
    }
    return builtIn(zone ? word + "tz" : word, precision);
  }

  private TypeName character(String word) {
    if (word.equals("national") && !cursor.take("character")) {
      cursor.expect("char");
    }
    boolean varying = word.equals("varchar") || cursor.take("varying");
    List<Expression> length = cursor.atSymbol("(") ? precision() : List.of();
    return builtIn(varying ? "varchar" : "bpchar", length);
  }

  /** One integer in parentheses. */
  private List<Expression> precision() {
    cursor.expectSymbol("(");
    String digits = cursor.expect(Kind.INTEGER);
    cursor.expectSymbol(")");
    return List.of(new Constant(ConstantKind.INTEGER, digits));
  }

  /** {@code INTERVAL 'text' fields} or {@code INTERVAL (n) 'text'}. */
  Cast intervalConstant() {
    cursor.expect("interval");
    List<Expression> precision = cursor.atSymbol("(") ? precision() : List.of();
    Constant text = new Constant(ConstantKind.STRING, cursor.string());
    if (precision.isEmpty()) {
      intervalFields();
    }
    return new Cast(text, builtIn("interval", precision));
  }

  /** opt_interval. */
  void intervalFields() {
    if (cursor.take("year")) {
      cursor.take("to", "month");
    } else if (cursor.take("day")) {
      to("hour", "minute", "second");
    } else if (cursor.take("hour")) {
      to("minute", "second");
    } else if (cursor.take("minute")) {
      to("second");
    } else if (!cursor.take("month") && cursor.at("second")) {
      second();
    }
  }

  private void to(String... fields) {
    if (!cursor.take("to")) {
      return;
    }
    if (!cursor.atAny(fields)) {
      throw cursor.unexpected();
    }
    if (cursor.at("second")) {
      second();
    } else {
      cursor.next();
    }
  }

  private void second() {
    cursor.expect("second");
    if (cursor.atSymbol("(")) {
      precision();
    }
  }

  private static TypeName builtIn(String name) {
    return builtIn(name, List.of());
  }

  private static TypeName builtIn(String name, List<Expression> modifiers) {
    return new TypeName(QualifiedName.of("pg_catalog", name), modifiers, false, false, 0);
  }
}
