package io.gatehouse.appliance.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/** Short ways to statements that were read, on the servers of the tests. */
final class Parsed {
  static final LexerSettings MYSQL = LexerSettings.ofServer(Flavour.MYSQL, 80015);
  static final LexerSettings MARIADB = LexerSettings.ofServer(Flavour.MARIADB, 110405);
  static final LexerSettings LATEST = LexerSettings.ofServer(Flavour.MYSQL, 90400);

  private Parsed() {}

  static LexerSettings settings(Flavour flavour) {
    return switch (flavour) {
      case MYSQL -> MYSQL;
      case MARIADB -> MARIADB;
    };
  }

  static Statement one(LexerSettings settings, String sql) {
    Reading reading = MysqlReader.read(sql, settings, false);
    assertThat(reading).as(sql).isInstanceOf(Reading.Read.class);
    List<Reading.Located> statements = ((Reading.Read) reading).statements();
    assertThat(statements).as(sql).hasSize(1);
    return statements.getFirst().statement();
  }

  static <T> T one(LexerSettings settings, String sql, Class<T> type) {
    Statement statement = one(settings, sql);
    assertThat(statement).as(sql).isInstanceOf(type);
    return type.cast(statement);
  }

  static Statement mysql(String sql) {
    return one(MYSQL, sql);
  }

  static Statement mariadb(String sql) {
    return one(MARIADB, sql);
  }

  static boolean reads(LexerSettings settings, String sql) {
    return MysqlReader.read(sql, settings, false) instanceof Reading.Read;
  }

  static Account account(String user) {
    return new Account(Name.of(user), Optional.empty());
  }

  static Account account(String user, String host) {
    return new Account(Name.of(user), Optional.of(new Name(host, true)));
  }
}
