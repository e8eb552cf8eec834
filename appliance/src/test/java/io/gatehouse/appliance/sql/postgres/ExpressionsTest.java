package io.gatehouse.appliance.sql.postgres;

import static io.gatehouse.appliance.sql.postgres.Readings.expression;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Call;
import io.gatehouse.appliance.sql.tree.Expression.ColumnReference;
import io.gatehouse.appliance.sql.tree.Expression.Constant;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

  private static ColumnReference column(String... parts) {
    return new ColumnReference(List.of(parts).stream().map(Name::of).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a + b * c ; ((a) OPERATOR(+) ((b) OPERATOR(*) (c)))",
        "a - b - c ; (((a) OPERATOR(-) (b)) OPERATOR(-) (c))",
        "- a ^ b ; (( OPERATOR(-) (a)) OPERATOR(^) (b))",
        "a OR b AND NOT c = d ; ((a) OR ((b) AND (NOT ((c) OPERATOR(=) (d)))))",
        "a + NOT b = c ; ((a) OPERATOR(+) (NOT ((b) OPERATOR(=) (c))))",
        "a = b IS NULL ; (((a) OPERATOR(=) (b)) IS NULL)",
        "a || b LIKE c || d ; (((a) OPERATOR(||) (b)) LIKE ((c) OPERATOR(||) (d)))",
        "a BETWEEN b AND c AND d ; (((a) BETWEEN (b) AND (c)) AND (d))",
        "a = ANY (b) = c ; (((a) OPERATOR(=) ANY (b)) OPERATOR(=) (c))",
        "a != b ; ((a) OPERATOR(<>) (b))",
        "a OPERATOR(s.+) b * c ; ((a) OPERATOR(s.+) ((b) OPERATOR(*) (c)))",
        "a AT TIME ZONE b AT TIME ZONE c ; (pg_catalog.timezone((c), (pg_catalog.timezone((b),"
            + " (a)))))",
      })
  void operators_bind_by_the_table_of_the_server(String sql, String bracketed) {
    assertThat(BracketPrinter.print(expression(sql))).isEqualTo(bracketed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a < b < c",
        "SELECT a = b = c",
        "SELECT a LIKE b LIKE c",
        "SELECT a BETWEEN 1 AND 2 BETWEEN 3 AND 4",
        "SELECT a IS DISTINCT FROM b IS NULL",
        "SELECT f(x).y",
        "SELECT ARRAY[1][1]",
        "SELECT f(x)[1]",
        "SELECT a b c",
        "SELECT 5 !",
      })
  void what_the_grammar_does_not_allow_is_refused(String sql) {
    assertThat(Readings.refused(sql).reason()).isNotEmpty();
  }

  @Test
  void names_keep_their_parts_and_quotes() {
    assertThat(expression("S.T.\"C d\""))
        .isEqualTo(new ColumnReference(List.of(Name.of("s"), Name.of("t"), new Name("C d", true))));
    assertThat(expression("t.*")).isEqualTo(new Expression.AllColumns(List.of(Name.of("t"))));
    assertThat(expression("(t).a")).isEqualTo(new Expression.Field(column("t"), Name.of("a")));
    assertThat(expression("(t).*")).isEqualTo(new Expression.AllFields(column("t")));
    assertThat(expression("a[1]")).isInstanceOf(Expression.Subscript.class);
    assertThat(expression("$2")).isEqualTo(new Expression.Parameter(2));
  }

  @Test
  void calls_keep_name_arguments_and_clauses() {
    Call call =
        (Call) expression("s.f(DISTINCT a, b ORDER BY c) FILTER (WHERE d) OVER (PARTITION BY e)");
    assertThat(call.name()).isEqualTo(QualifiedName.of("s", "f"));
    assertThat(call.arguments().distinct()).isTrue();
    assertThat(call.arguments().items()).hasSize(2);
    assertThat(call.arguments().orderBy()).hasSize(1);
    assertThat(call.filter()).contains(column("d"));
    assertThat(call.over()).isPresent();
    Call named = (Call) expression("f(x => 1, VARIADIC y)");
    assertThat(named.arguments().items().get(0).name()).contains(Name.of("x"));
    assertThat(named.arguments().items().get(1).variadic()).isTrue();
    assertThat(((Call) expression("count(*)")).arguments().star()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extract(year FROM a) | pg_catalog.extract",
        "substring(a FROM 1 FOR 2) | pg_catalog.substring",
        "substring(a, 1) | substring",
        "overlay(a PLACING b FROM 1) | pg_catalog.overlay",
        "overlay(a, b) | overlay",
        "position('x' IN a) | pg_catalog.position",
        "trim(a) | pg_catalog.btrim",
        "trim(LEADING 'x' FROM a) | pg_catalog.ltrim",
        "normalize(a, NFC) | pg_catalog.normalize",
        "treat(a AS s.t) | pg_catalog.t",
        "a AT LOCAL | pg_catalog.timezone",
        "(1, 2) OVERLAPS (3, 4) | pg_catalog.overlaps",
        "collation for (a) | pg_catalog.pg_collation_for",
        "xmlexists('x' PASSING a) | pg_catalog.xmlexists",
        "json_object('a', 'b') | pg_catalog.json_object",
        "left('a', 1) | left",
        "current_schema() | current_schema",
        "\"extract\"(a) | extract",
      })
  void syntax_for_functions_names_the_function_that_the_server_calls(String sql, String name) {
    assertThat(((Call) expression(sql)).name()).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coalesce(a)",
        "current_user",
        "current_schema",
        "xmlelement(name x, a)",
        "json_value(a, '$')",
        "grouping(a)",
        "merge_action()",
        "json_arrayagg(a)"
      })
  void expressions_with_a_grammar_of_their_own_are_special(String sql) {
    Expression.Special special = (Expression.Special) expression(sql);
    assertThat(sql).startsWith(special.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a::int | pg_catalog.int4",
        "CAST(a AS double precision) | pg_catalog.float8",
        "a::float(24) | pg_catalog.float4",
        "a::character varying(3) | pg_catalog.varchar",
        "a::char | pg_catalog.bpchar",
        "a::timestamp with time zone | pg_catalog.timestamptz",
        "interval '1' day to second(3) | pg_catalog.interval",
        "N'x' | pg_catalog.bpchar",
        "date 'x' | date",
        "s.t 'x' | s.t",
        "numeric(3, 2) '1' | pg_catalog.numeric",
        "f(1) 'x' | f",
        "a::\"char\" | char",
        "a::int[][] | pg_catalog.int4",
      })
  void types_carry_the_name_that_the_server_gives_them(String sql, String name) {
    assertThat(((Expression.Cast) expression(sql)).type().name()).hasToString(name);
  }

  @Test
  void queries_in_expressions_are_told_from_values() {
    assertThat(expression("a IN ((SELECT 1))")).isInstanceOf(Expression.InQuery.class);
    assertThat(expression("a IN ((SELECT 1), 2)")).isInstanceOf(Expression.In.class);
    assertThat(expression("((SELECT 1) UNION SELECT 2)")).isInstanceOf(Expression.Subquery.class);
    assertThat(expression("((SELECT 1) + 1)")).isInstanceOf(Expression.Operation.class);
    assertThat(expression("((SELECT 1), 2)")).isInstanceOf(Expression.Row.class);
    assertThat(expression("EXISTS (TABLE t)")).isInstanceOf(Expression.Subquery.class);
    assertThat(expression("ARRAY(SELECT 1)")).isInstanceOf(Expression.Subquery.class);
    assertThat(expression("(SELECT x).y")).isInstanceOf(Expression.Field.class);
  }

  @Test
  void escapes_in_constants_are_undone() {
    assertThat(expression("E'\\x73earch'")).isEqualTo(new Constant(ConstantKind.STRING, "search"));
    assertThat(expression("U&'s!0065t' UESCAPE '!'"))
        .isEqualTo(new Constant(ConstantKind.STRING, "set"));
  }
}
