package io.gatehouse.appliance.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;

/** Short ways to what was read. */
final class Readings {
  static final LexerSettings MYSQL = LexerSettings.ofServer(Flavour.MYSQL, 80400);
  static final LexerSettings OLD_MYSQL = LexerSettings.ofServer(Flavour.MYSQL, 80015);
  static final LexerSettings MARIADB = LexerSettings.ofServer(Flavour.MARIADB, 110405);

  private Readings() {}

  static List<Reading.Located> all(String sql, LexerSettings settings) {
    Reading reading = MysqlReader.read(sql, settings, true);
    assertThat(reading).as(sql).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).statements();
  }

  static <T> T one(String sql, LexerSettings settings, Class<T> type) {
    List<Reading.Located> statements = all(sql, settings);
    assertThat(statements).as(sql).hasSize(1);
    assertThat(statements.getFirst().statement()).as(sql).isInstanceOf(type);
    return type.cast(statements.getFirst().statement());
  }

  static Query query(String sql, LexerSettings settings) {
    return one(sql, settings, Statement.QueryStatement.class).query();
  }

  static Query.Select select(String sql, LexerSettings settings) {
    return (Query.Select) query(sql, settings).body();
  }

  static Expression expression(String text, LexerSettings settings) {
    return select("SELECT " + text, settings).items().getFirst().value();
  }

  static Reading.NotRead refused(String sql, LexerSettings settings) {
    Reading reading = MysqlReader.read(sql, settings, true);
    assertThat(reading).as(sql).isInstanceOf(Reading.NotRead.class);
    return (Reading.NotRead) reading;
  }
}
