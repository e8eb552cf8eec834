package io.gatehouse.appliance.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;

/** Short ways to what was read. */
final class Readings {
  private static final LexerSettings SETTINGS = LexerSettings.ofServer(18);

  private Readings() {}

  static List<Reading.Located> all(String sql) {
    Reading reading = PostgresReader.read(sql, SETTINGS);
    assertThat(reading).as(brief(sql)).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).statements();
  }

  private static String brief(String sql) {
    return sql.substring(0, Math.min(200, sql.length()));
  }

  static Statement one(String sql) {
    List<Reading.Located> statements = all(sql);
    assertThat(statements).as(sql).hasSize(1);
    return statements.getFirst().statement();
  }

  static <T> T one(String sql, Class<T> type) {
    Statement statement = one(sql);
    assertThat(statement).as(brief(sql)).isInstanceOf(type);
    return type.cast(statement);
  }

  static Query query(String sql) {
    return one(sql, Statement.QueryStatement.class).query();
  }

  static Query.Select select(String sql) {
    return (Query.Select) query(sql).body();
  }

  static Expression expression(String text) {
    return select("SELECT " + text).items().getFirst().value();
  }

  static Reading.NotRead refused(String sql) {
    Reading reading = PostgresReader.read(sql, SETTINGS);
    assertThat(reading).as(brief(sql)).isInstanceOf(Reading.NotRead.class);
    return (Reading.NotRead) reading;
  }
}
