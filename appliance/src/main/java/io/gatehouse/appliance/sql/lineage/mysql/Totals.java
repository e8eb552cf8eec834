package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.tree.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What never fails, and never warns, for one value when it does not for another: an error or the
 * count of warnings would tell the values apart. Reviewed by hand against MySQL 8.0 to 9 and
 * MariaDB 10.11 to 11.8; what is not here may do either. Texts have to stay short, because what is
 * longer than a packet becomes NULL with a warning: see {@link Type#LONGEST}.
 */
final class Totals {
  private static final Set<String> OF_ANYTHING =
      Set.of("count", "isnull", "row_number", "rank", "dense_rank", "cume_dist", "percent_rank");

  /** Give one of the values that they get. */
  private static final Set<String> CHOOSING =
      Set.of("min", "max", "any_value", "first_value", "last_value", "lag", "lead", "nth_value");

  /** Texts and numbers to a number. */
  private static final Set<String> MEASURING =
      Set.of("length", "octet_length", "char_length", "character_length", "bit_length");

  /** A text to one that is at most twice as long. */
  private static final Set<String> TURNING =
      Set.of("upper", "ucase", "lower", "lcase", "reverse", "trim", "ltrim", "rtrim");

  private static final Set<String> FINDING =
      Set.of("strcmp", "locate", "instr", "position", "field", "find_in_set");

  private static final int MOST_DIGITS = 9;

  private Totals() {}

  /** The type of the result; empty if the function is not total for these. */
  static Optional<Type> of(String name, List<Expression> given, List<Type> types) {
    if (OF_ANYTHING.contains(name)) {
      return Optional.of(Type.INTEGER);
    }
    if (types.isEmpty()) {
      return Optional.empty();
    }
    if (CHOOSING.contains(name)) {
      return numbersBehind(given) ? Optional.of(types.getFirst()) : Optional.empty();
    }
    boolean textual = types.stream().allMatch(Type::textual);
    if (MEASURING.contains(name)) {
      return Optional.of(Type.INTEGER).filter(_ -> textual);
    }
    if (FINDING.contains(name)) {
      return Optional.of(Type.INTEGER).filter(_ -> types.stream().allMatch(Type::text));
    }
    if (TURNING.contains(name)) {
      return text(2 * types.getFirst().bytes()).filter(_ -> textual);
    }
    return shaped(name, given, types).or(() -> chosen(name, types));
  }

  private static Optional<Type> shaped(String name, List<Expression> given, List<Type> types) {
    Type first = types.getFirst();
    boolean textual = types.stream().allMatch(Type::textual);
    long all = types.stream().mapToLong(Type::bytes).sum();
    return switch (name) {
      case "concat" -> text(all).filter(_ -> textual);
      case "concat_ws" -> text(all + first.bytes() * types.size()).filter(_ -> textual);
      case "quote" -> text(2 * all + 2).filter(_ -> textual);
      case "hex" -> text(2 * all).filter(_ -> first.text() || first.integer());
      case "md5", "sha", "sha1" -> text(4 * 40).filter(_ -> textual);
      case "left", "right", "substring", "substr", "mid" ->
          text(first.bytes()).filter(_ -> first.textual() && numbersBehind(given));
      case "sum" -> Optional.of(Type.DECIMAL).filter(_ -> first.integer());
      case "avg" -> Optional.of(Type.DECIMAL).filter(_ -> first.integer());
      default -> Optional.empty();
    };
  }

  private static Optional<Type> chosen(String name, List<Type> types) {
    return switch (name) {
      case "coalesce", "ifnull", "nvl" -> either(types);
      case "nullif" -> Optional.of(types.getFirst()).filter(_ -> Type.alike(types));
      case "greatest", "least" -> either(types).filter(_ -> Type.alike(types));
      case "if" ->
          types.size() == 3 && types.getFirst().number()
              ? either(types.subList(1, 3))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** One of these values; what is neither text nor number stays with its own. */
  static Optional<Type> either(List<Type> types) {
    return Optional.of(Type.either(types)).filter(type -> type.family() != Type.Family.OTHER);
  }

  private static Optional<Type> text(long bytes) {
    return bytes > Type.LONGEST ? Optional.empty() : Optional.of(Type.text(bytes));
  }

  /** Whether all arguments but the first are numbers that stand there. */
  private static boolean numbersBehind(List<Expression> given) {
    return given.stream().skip(1).allMatch(Totals::number);
  }

  private static boolean number(Expression expression) {
    return expression instanceof Expression.Constant(var kind, String text)
        && kind == Expression.ConstantKind.INTEGER
        && text.length() <= MOST_DIGITS;
  }

  /** Operators over operands that are alike. */
  static boolean comparison(String operator) {
    return switch (operator) {
      case "=", "<=>", "<>", "<", "<=", ">", ">=" -> true;
      default -> false;
    };
  }
}
