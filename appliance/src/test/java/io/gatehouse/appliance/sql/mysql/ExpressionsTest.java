package io.gatehouse.appliance.sql.mysql;

import static io.gatehouse.appliance.sql.mysql.Readings.MARIADB;
import static io.gatehouse.appliance.sql.mysql.Readings.MYSQL;
import static io.gatehouse.appliance.sql.mysql.Readings.OLD_MYSQL;
import static io.gatehouse.appliance.sql.mysql.Readings.expression;
import static io.gatehouse.appliance.sql.mysql.Readings.refused;
import static io.gatehouse.appliance.sql.mysql.Readings.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.mysql.LexerSettings.Modes;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "a + b * c ; [a + [b * c]]",
        "a - b - c ; [[a - b] - c]",
        "- a ^ b ; [[- a] ^ b]",
        "a DIV b MOD c ; [[a div b] % c]",
        "a | b & c << d ; [a | [b & [c << d]]]",
        "a OR b XOR c AND NOT d = e ; [a or [b xor [c and [not [d = e]]]]]",
        "a || b ; [a or b]",
        "a && b || c ; [[a and b] or c]",
        "NOT a LIKE b ; [not [a like b]]",
        "! a = b ; [[not a] = b]",
        "a = b = c ; [[a = b] = c]",
        "a = b IS NULL ; [[a = b] is NULL]",
        "a = b IN (1, 2) ; [a = [b in 1, 2]]",
        "a BETWEEN b AND c AND d ; [[a between b and c] and d]",
        "a NOT REGEXP b + c ; [not [a regexp [b + c]]]",
        "a SOUNDS LIKE b ; [a sounds like b]",
        "BINARY a = b ; [[a as binary] = b]",
        "- a COLLATE x ; [- [a collate]]",
        "a + INTERVAL b + 1 DAY ; date_add(a, interval{[b + 1]})",
        "a - INTERVAL 1 DAY + b ; [date_sub(a, interval{1}) + b]",
        "INTERVAL 1 DAY + a ; date_add(a, interval{1})",
        "INTERVAL(a, b) ; interval(a, b)",
        "@a := b AND c ; [@a := [b and c]]",
        "1 + @a := b = c ; [1 + [@a := [b = c]]]",
        "a != b ; [a <> b]",
        "{x a} ; a",
        "{d '2020-01-01'} ; odbc{2020-01-01}",
        "'a' 'b' ; ab",
        "DATE '2020-01-01' ; [2020-01-01 as date]",
        "MATCH a, b AGAINST ('c' IN BOOLEAN MODE) ; match{a, b, c}",
        "POSITION(a IN b) ; locate(a, b)",
        "SUBSTRING(a FROM 2 FOR 3) ; substring(a, 2, 3)",
        "TRIM(BOTH a FROM b) ; trim(b, a)",
      })
  void operators_bind_by_the_table_of_the_server(String sql, String bracketed) {
    assertThat(Brackets.print(expression(sql, MYSQL))).isEqualTo(bracketed);
    assertThat(Brackets.print(expression(sql, MARIADB))).isEqualTo(bracketed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a = NOT b",
        "SELECT a LIKE b LIKE c",
        "SELECT a LIKE b + c",
        "SELECT a BETWEEN 1 AND 2 BETWEEN 3 AND 4",
        "SELECT a BETWEEN b AND c IN (d)",
        "SELECT a IS TRUE IS NULL",
        "SELECT a IS TRUE = b",
        "SELECT a IS NULL LIKE b",
        "SELECT a + INTERVAL 1 DAY * 2",
        "SELECT INTERVAL 1 DAY + a + b",
        "SELECT - NOT a",
        "SELECT a b c",
        "SELECT if(a, b)",
        "SELECT ROW(a)",
        "SELECT _latin1 FROM t",
        "SELECT _unknown 'a'",
        "SELECT select FROM t",
        "SELECT begin(1)",
        "SELECT a li\u212ae b c",
      })
  void syntax_that_servers_differ_in_or_refuse_is_not_read(String sql) {
    refused(sql, MYSQL);
    refused(sql, MARIADB);
  }

  @Test
  void modes_change_what_bars_and_not_mean() {
    LexerSettings pipes = MYSQL.with(new Modes(true, false, false));
    assertThat(Brackets.print(expression("a ^ b || c", pipes))).isEqualTo("[a ^ [b || c]]");
    assertThat(Brackets.print(expression("- a || b", pipes))).isEqualTo("[[- a] || b]");
    LexerSettings tight = MYSQL.with(new Modes(false, true, false));
    assertThat(Brackets.print(expression("NOT a BETWEEN b AND c", tight)))
        .isEqualTo("[[not a] between b and c]");
    assertThat(Brackets.print(expression("a = NOT b", tight))).isEqualTo("[a = [not b]]");
  }

  @Test
  void functions_of_the_grammar_are_not_mixed_up_with_others_of_their_name() {
    refused("SELECT count (1)", MYSQL);
    refused("SELECT `count`(1)", MYSQL);
    LexerSettings spaces = MYSQL.with(new Modes(false, false, true));
    assertThat(Brackets.print(expression("count (1)", spaces))).isEqualTo("count(1)");
    assertThat(Brackets.print(expression("d.count(1)", MYSQL))).isEqualTo("d.count(1)");
    assertThat(Brackets.print(expression("count", MYSQL))).isEqualTo("count");
    assertThat(Brackets.print(expression("concat (a)", MYSQL))).isEqualTo("concat(a)");
  }

  @Test
  void variables_and_what_is_put_into_them_are_seen() {
    assertThat(expression("@`a b`", MYSQL)).isEqualTo(new Expression.UserVariable("a b"));
    assertThat(expression("@@Global.max_connections", MYSQL))
        .isEqualTo(
            new Expression.SystemVariable(
                Optional.of("global"), QualifiedName.of("max_connections")));
    assertThat(expression("@@sql_mode", MYSQL))
        .isEqualTo(new Expression.SystemVariable(Optional.empty(), QualifiedName.of("sql_mode")));
    assertThat(expression("(@a := ssn) IS NULL", MYSQL))
        .isInstanceOfSatisfying(
            Expression.Test.class,
            test -> assertThat(test.value()).isInstanceOf(Expression.VariableAssignment.class));
  }

  @Test
  void paths_into_json_are_calls_where_the_server_has_them() {
    assertThat(Brackets.print(expression("t.a->>'$.b'", MYSQL)))
        .isEqualTo("json_unquote(json_extract(t.a, $.b))");
    refused("SELECT t.a->'$.b' FROM t", MARIADB);
  }

  @Test
  void words_are_names_or_not_by_flavour_and_version() {
    assertThat(expression("rank", MARIADB)).isInstanceOf(Expression.ColumnReference.class);
    refused("SELECT rank FROM t", MYSQL);
    assertThat(expression("qualify", OLD_MYSQL)).isInstanceOf(Expression.ColumnReference.class);
    refused("SELECT qualify FROM t", MYSQL);
    assertThat(select("SELECT a intersect FROM t", OLD_MYSQL).items().getFirst().label())
        .contains(Name.of("intersect"));
    refused("SELECT a intersect FROM t", MYSQL);
  }

  @Test
  void strings_behind_values_are_labels_and_behind_strings_their_end() {
    var items = select("SELECT id 'ssn', 'a' 'b', x'41' 'c', 'd' AS 'e' FROM t", MYSQL).items();
    assertThat(items)
        .extracting(item -> item.label().map(Name::text))
        .containsExactly(Optional.of("ssn"), Optional.empty(), Optional.of("c"), Optional.of("e"));
  }

  @Test
  void aggregates_and_windows_keep_their_parts() {
    Expression.Call call =
        (Expression.Call)
            expression("GROUP_CONCAT(DISTINCT a, b ORDER BY c DESC SEPARATOR ';')", MYSQL);
    assertThat(call.arguments().distinct()).isTrue();
    assertThat(call.arguments().items()).hasSize(2);
    assertThat(call.arguments().orderBy()).hasSize(1);
    call =
        (Expression.Call)
            expression("SUM(a) OVER (w PARTITION BY b ORDER BY c ROWS 2 PRECEDING)", MYSQL);
    assertThat(call.over()).isPresent();
    assertThat(((Expression.Call) expression("COUNT(*)", MYSQL)).arguments().star()).isTrue();
  }

  @Test
  void parameters_are_numbered_from_left_to_right_in_each_statement() {
    assertThat(Brackets.print(expression("? + ?", MYSQL))).isEqualTo("[?1 + ?2]");
    List<Reading.Located> two = Readings.all("SELECT ?; SELECT ?", MYSQL);
    assertThat(two.get(1).statement()).isEqualTo(two.get(0).statement());
  }
}
