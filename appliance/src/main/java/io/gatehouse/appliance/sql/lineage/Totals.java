package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.Set;

/**
 * What never fails for one value when it does not fail for another: an error would tell the values
 * apart. Reviewed by hand against PostgreSQL 14 to 18; what is not here may fail.
 */
final class Totals {

  /** Functions, aggregates and window functions of pg_catalog. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          """
          array_agg bit_length bool_and bool_or btrim char_length character_length coalesce concat
          count cume_dist dense_rank every first_value grouping initcap json_agg jsonb_agg lag
          last_value lead left length lower ltrim max md5 min ntile octet_length percent_rank
          quote_literal quote_nullable rank reverse right row_number row_to_json rtrim starts_with
          string_agg strpos to_json to_jsonb upper
          """
              .strip()
              .split("\\s+"));

  /** Syntax that is no function. */
  private static final Set<String> SPECIAL =
      Set.of(
          "coalesce",
          "nullif",
          "greatest",
          "least",
          "grouping",
          "current_date",
          "current_timestamp",
          "current_user",
          "session_user",
          "current_role",
          "user");

  /** Operators of pg_catalog, of which arithmetic is none: it overflows. */
  private static final Set<String> OPERATORS =
      Set.of(
          "=", "<>", "<", ">", "<=", ">=", "||", "~~", "!~~", "~~*", "!~~*", "->", "->>", "#>",
          "#>>", "@>", "<@", "?", "?|", "?&", "&&");

  /** Every value has a text; longer text is cut by an explicit cast. */
  private static final Set<String> CASTS = Set.of("text", "varchar", "bpchar");

  private Totals() {}

  static boolean function(String name) {
    return FUNCTIONS.contains(name);
  }

  static boolean special(String name) {
    return SPECIAL.contains(name);
  }

  static boolean operator(String name) {
    return OPERATORS.contains(name);
  }

  /** A cast of a constant is done, or fails, before any row is read. */
  static boolean cast(Expression value, TypeName type) {
    return value instanceof Expression.Constant
        || (type.dimensions() == 0 && CASTS.contains(type.name().last().text()));
  }

  /** A pattern fails where it ends in an escape, once a value matches it up to there. */
  static boolean pattern(Expression pattern) {
    return pattern instanceof Expression.Constant(_, String text) && text.indexOf('\\') < 0;
  }
}
