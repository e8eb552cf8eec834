package io.gatehouse.appliance.sql.postgres;

import static io.gatehouse.appliance.sql.postgres.Token.Kind.OPERATOR;
import static io.gatehouse.appliance.sql.postgres.Token.Kind.SYMBOL;

import io.gatehouse.appliance.sql.grammar.ExpressionGrammar;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Call;
import io.gatehouse.appliance.sql.tree.Expression.Junction;
import io.gatehouse.appliance.sql.tree.Expression.Operation;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * a_expr and b_expr: operators by the precedence table of the server's grammar. Where that table
 * says that two operators do not associate, this refuses too.
 */
final class Expressions implements ExpressionGrammar {
  // The levels of the table that matter to expressions, lowest first.
  static final int NONE = 0;
  static final int OR = 1;
  static final int AND = 2;
  static final int NOT = 3;
  static final int IS = 4;
  static final int COMPARISON = 5;
  static final int MATCH = 6;
  static final int OPERATOR_LEVEL = 7;
  static final int SUM = 8;
  static final int PRODUCT = 9;
  static final int POWER = 10;
  static final int AT = 11;
  static final int COLLATE = 12;
  static final int SIGN = 13;
  static final int TYPECAST = 14;

  private final Grammar grammar;
  private final Cursor cursor;
  private final Predicates predicates;

  Expressions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.predicates = new Predicates(grammar);
  }

  /** a_expr. */
  @Override
  public Expression any() {
    return above(NONE, false);
  }

  /** b_expr: what may stand where AND, IN and the like belong to what is around it. */
  Expression restricted() {
    return above(NONE, true);
  }

  @Override
  public List<Expression> list() {
    return cursor.list(this::any);
  }

  List<Expression> listInParentheses() {
    return cursor.inParentheses(this::list);
  }

  /** An operand, and every operator behind it that binds more tightly than the level. */
  Expression above(int level, boolean restricted) {
    return cursor.nested(() -> continued(prefix(restricted), level, restricted));
  }

  /** Goes on behind an expression that was already read. */
  @Override
  public Expression continued(Expression first) {
    return continued(first, NONE, false);
  }

  private Expression continued(Expression first, int level, boolean restricted) {
    Expression left = first instanceof Expression.Row row ? maybeOverlaps(row) : first;
    int steps = 0;
    while (true) {
      int next = levelAt(restricted);
      if (next == level && (level == IS || level == COMPARISON || level == MATCH)) {
        throw cursor.unexpected();
      }
      if (next <= level) {
        return left;
      }
      cursor.chained(steps++);
      left = infix(left, next, restricted);
    }
  }

  private Expression prefix(boolean restricted) {
    if (cursor.atSymbol("+") || cursor.atSymbol("-")) {
      QualifiedName sign = cursor.operator();
      return new Operation(sign, Optional.empty(), above(SIGN - 1, restricted));
    }
    if (cursor.is(OPERATOR) || atOperatorWord()) {
      QualifiedName operator = cursor.operator();
      return new Operation(operator, Optional.empty(), above(OPERATOR_LEVEL, restricted));
    }
    if (!restricted) {
      if (cursor.take("not")) {
        return new Expression.Not(above(NOT - 1, false));
      }
      if (cursor.take("default")) {
        return new Expression.Default();
      }
      if (cursor.at("unique")) {
        // The grammar has it, the server knows no such predicate.
        throw cursor.unexpected();
      }
    }
    return grammar.primaries.read();
  }

  private boolean atOperatorWord() {
    return cursor.at("operator") && cursor.peek(1).symbol("(");
  }

  private Expression maybeOverlaps(Expression.Row left) {
    if (!cursor.take("overlaps")) {
      return left;
    }
    if (!(grammar.primaries.read() instanceof Expression.Row right)) {
      throw cursor.unexpected();
    }
    List<Expression> arguments = new ArrayList<>(left.items());
    arguments.addAll(right.items());
    return system("overlaps", arguments);
  }

  /** A call of a function that the grammar itself names. */
  static Call system(String function, List<Expression> arguments) {
    return new Call(
        QualifiedName.of("pg_catalog", function),
        Expression.Arguments.of(arguments),
        Optional.empty(),
        Optional.empty());
  }

  private int levelAt(boolean restricted) {
    Token token = cursor.token();
    if (token.kind() == OPERATOR) {
      return OPERATOR_LEVEL;
    }
    if (token.kind() == SYMBOL) {
      return symbolLevel(token.text());
    }
    if (token.kind() != Token.Kind.KEYWORD) {
      return NONE;
    }
    if (restricted) {
      return switch (token.text()) {
        case "is" -> IS;
        case "operator" -> OPERATOR_LEVEL;
        default -> NONE;
      };
    }
    return wordLevel(token.text());
  }

  private static int symbolLevel(String symbol) {
    return switch (symbol) {
      case "<", ">", "=", "<=", ">=", "<>" -> COMPARISON;
      case "+", "-" -> SUM;
      case "*", "/", "%" -> PRODUCT;
      case "^" -> POWER;
      case "::" -> TYPECAST;
      default -> NONE;
    };
  }

  private int wordLevel(String word) {
    return switch (word) {
      case "or" -> OR;
      case "and" -> AND;
      case "is", "isnull", "notnull" -> IS;
      case "between", "in", "like", "ilike" -> MATCH;
      // Without TO it belongs to the syntax of SUBSTRING.
      case "similar" -> cursor.peek(1).word("to") ? MATCH : NONE;
      case "not" -> predicates.negatable(cursor.peek(1)) ? MATCH : NONE;
      case "operator" -> OPERATOR_LEVEL;
      case "at" -> AT;
      case "collate" -> COLLATE;
      default -> NONE;
    };
  }

  private Expression infix(Expression left, int level, boolean restricted) {
    return switch (level) {
      case OR -> junction(left, true);
      case AND -> junction(left, false);
      case IS -> predicates.is(left, restricted);
      case MATCH -> predicates.match(left);
      case AT -> atTimeZone(left);
      case COLLATE -> {
        cursor.expect("collate");
        yield new Expression.Collate(left, cursor.qualifiedName());
      }
      case TYPECAST -> {
        cursor.expectSymbol("::");
        yield new Expression.Cast(left, grammar.types.read());
      }
      default -> operation(left, level, restricted);
    };
  }

  private Expression junction(Expression first, boolean or) {
    String word = or ? "or" : "and";
    List<Expression> operands = new ArrayList<>();
    operands.add(first);
    while (cursor.take(word)) {
      operands.add(above(or ? OR : AND, false));
    }
    return new Junction(or, operands);
  }

  private Expression operation(Expression left, int level, boolean restricted) {
    QualifiedName operator = cursor.operator();
    if (!restricted && cursor.atAny("any", "some", "all")) {
      return predicates.quantified(left, operator);
    }
    return new Operation(operator, Optional.of(left), above(level, restricted));
  }

  private Expression atTimeZone(Expression value) {
    cursor.expect("at");
    if (cursor.take("local")) {
      return system("timezone", List.of(value));
    }
    cursor.expect("time", "zone");
    return system("timezone", List.of(above(AT, false), value));
  }
}
