package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.ExpressionGrammar;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Junction;
import io.gatehouse.appliance.sql.tree.Expression.Operation;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * expr, bool_pri, predicate, bit_expr and simple_expr: operators by the precedence table of the
 * servers' grammars. Where MySQL and MariaDB differ in what may follow what, the narrower of both
 * is read.
 */
final class Expressions implements ExpressionGrammar {
  // The levels of the table that matter to expressions, lowest first.
  static final int NONE = 0;
  static final int OR = 1;
  static final int XOR = 2;
  static final int AND = 3;
  static final int NOT = 4;
  static final int COMPARISON = 5;
  static final int PREDICATE = 6;
  static final int BIT_OR = 7;
  static final int BIT_AND = 8;
  static final int SHIFT = 9;
  static final int SUM = 10;
  static final int PRODUCT = 11;
  static final int CARET = 12;
  static final int CONCATENATION = 13;
  static final int SIGN = 14;
  static final int COLLATE = 15;

  private final Grammar grammar;
  private final Cursor cursor;
  private final LexerSettings.Modes modes;
  private final Predicates predicates;

  Expressions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.modes = cursor.settings.modes();
    this.predicates = new Predicates(grammar);
  }

  /** expr. */
  @Override
  public Expression any() {
    return above(NONE);
  }

  /** bit_expr. */
  Expression bits() {
    return above(PREDICATE);
  }

  /** simple_expr. */
  Expression simple() {
    return above(CARET);
  }

  @Override
  public List<Expression> list() {
    return cursor.list(this::any);
  }

  List<Expression> listInParentheses() {
    return cursor.inParentheses(this::list);
  }

  /** An operand, and every operator behind it that binds more tightly than the level. */
  Expression above(int level) {
    return cursor.nested(() -> continued(prefix(level), level));
  }

  /** Goes on behind an expression that was already read. */
  @Override
  public Expression continued(Expression first) {
    return continued(first, NONE);
  }

  private Expression continued(Expression first, int level) {
    Expression left = first;
    int ceiling = COLLATE;
    int steps = 0;
    while (true) {
      int next = levelAt();
      if (next <= level) {
        return left;
      }
      if (next > ceiling) {
        throw cursor.unexpected();
      }
      cursor.chained(steps++);
      boolean test = next == COMPARISON && cursor.at("is");
      left = infix(left, next);
      ceiling = test ? ceilingBehindTest(left) : ceilingBehind(next);
    }
  }

  /** A predicate is no operand of another, and what is compared is no operand of a sign. */
  private static int ceilingBehind(int level) {
    return level == PREDICATE ? COMPARISON : level;
  }

  /** Behind IS NULL a comparison may follow, behind IS TRUE none. */
  private static int ceilingBehindTest(Expression test) {
    return test instanceof Expression.Test(_, Expression.TestKind kind, _)
            && kind == Expression.TestKind.NULL
        ? COMPARISON
        : AND;
  }

  private Expression prefix(int level) {
    Token token = cursor.token();
    if (token.kind() == Kind.SYMBOL) {
      switch (token.text()) {
        case "+", "-", "~" -> {
          String sign = cursor.next().text();
          return new Operation(QualifiedName.of(sign), Optional.empty(), above(SIGN));
        }
        case "!" -> {
          cursor.next();
          return new Expression.Not(above(SIGN));
        }
        default -> {}
      }
    }
    if (cursor.at("not")) {
      return not(level);
    }
    if (cursor.at("binary")) {
      cursor.next();
      return new Expression.Cast(above(SIGN), TypeNames.named("binary"));
    }
    if (cursor.at("interval") && !grammar.functionSyntax.atIntervalFunction()) {
      return intervalFirst(level);
    }
    return grammar.primaries.read();
  }

  private Expression not(int level) {
    if (!modes.highNotPrecedence() && level > NOT) {
      throw cursor.unexpected();
    }
    cursor.next();
    return new Expression.Not(above(modes.highNotPrecedence() ? SIGN : NOT));
  }

  /** {@code INTERVAL 1 DAY + value}: how far the value reaches, nothing but its end may decide. */
  private Expression intervalFirst(int level) {
    if (level > PREDICATE) {
      throw cursor.unexpected();
    }
    Expression interval = grammar.functionSyntax.interval();
    cursor.expectSymbol("+");
    Expression value = simple();
    if (levelAt() > AND) {
      throw cursor.unexpected();
    }
    return Functions.call("date_add", List.of(value, interval));
  }

  private int levelAt() {
    Token token = cursor.token();
    if (token.kind() == Kind.SYMBOL) {
      return symbolLevel(token.text());
    }
    return token.kind() == Kind.WORD ? wordLevel(Cursor.word(token)) : NONE;
  }

  private int symbolLevel(String symbol) {
    return switch (symbol) {
      case "||" -> modes.pipesAsConcat() ? CONCATENATION : OR;
      case "&&" -> AND;
      case "=", "<=>", "<", ">", "<=", ">=", "<>" -> COMPARISON;
      case "|" -> BIT_OR;
      case "&" -> BIT_AND;
      case "<<", ">>" -> SHIFT;
      case "+", "-" -> SUM;
      case "*", "/", "%" -> PRODUCT;
      case "^" -> CARET;
      default -> NONE;
    };
  }

  private int wordLevel(String word) {
    return switch (word) {
      case "or" -> OR;
      case "xor" -> XOR;
      case "and" -> AND;
      case "is" -> COMPARISON;
      case "in", "between", "like", "regexp", "rlike" -> PREDICATE;
      case "not" -> predicates.negatable(cursor.peek(1)) ? PREDICATE : NONE;
      case "sounds" -> cursor.peek(1).word("like") ? PREDICATE : NONE;
      case "member" -> predicates.atMember() ? PREDICATE : NONE;
      case "div", "mod" -> PRODUCT;
      case "collate" -> COLLATE;
      default -> NONE;
    };
  }

  private Expression infix(Expression left, int level) {
    return switch (level) {
      case OR -> junction(left, true);
      case AND -> junction(left, false);
      case COMPARISON -> comparison(left);
      case PREDICATE -> predicates.read(left);
      case SUM -> sum(left);
      case COLLATE -> {
        cursor.expect("collate");
        yield new Expression.Collate(
            left, new QualifiedName(List.of(grammar.names.nameOrString())));
      }
      default -> operation(left, level);
    };
  }

  private boolean takeJunction(boolean or) {
    if (or) {
      return cursor.take("or") || (!modes.pipesAsConcat() && cursor.takeSymbol("||"));
    }
    return cursor.take("and") || cursor.takeSymbol("&&");
  }

  private Expression junction(Expression first, boolean or) {
    List<Expression> operands = new ArrayList<>();
    operands.add(first);
    while (takeJunction(or)) {
      operands.add(above(or ? OR : AND));
    }
    return new Junction(or, operands);
  }

  private Expression comparison(Expression left) {
    if (cursor.at("is")) {
      return predicates.is(left);
    }
    String sign = cursor.next().text();
    QualifiedName operator = QualifiedName.of(sign);
    if (cursor.atAny("all", "any", "some") && cursor.peek(1).symbol("(")) {
      if (sign.equals("<=>")) {
        throw cursor.unexpected();
      }
      return predicates.quantified(left, operator);
    }
    return new Operation(operator, Optional.of(left), above(COMPARISON));
  }

  private Expression sum(Expression left) {
    String sign = cursor.next().text();
    if (cursor.at("interval") && !grammar.functionSyntax.atIntervalFunction()) {
      String function = sign.equals("+") ? "date_add" : "date_sub";
      return Functions.call(function, List.of(left, grammar.functionSyntax.interval()));
    }
    return new Operation(QualifiedName.of(sign), Optional.of(left), above(SUM));
  }

  private Expression operation(Expression left, int level) {
    Token token = cursor.next();
    String sign = token.kind() == Kind.WORD ? Cursor.word(token) : token.text();
    // MOD and the percent sign are one operator.
    QualifiedName operator = QualifiedName.of(sign.equals("mod") ? "%" : sign);
    return new Operation(operator, Optional.of(left), above(level));
  }
}
