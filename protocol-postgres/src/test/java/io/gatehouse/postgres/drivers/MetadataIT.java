package io.gatehouse.postgres.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What tools ask a driver about a database, row by row the same on both ways. */
@ExtendWith(ServerCondition.class)
class MetadataIT {
  private static final String SCHEMA = "described";

  interface Question {
    ResultSet ask(DatabaseMetaData database) throws SQLException;
  }

  @BeforeAll
  static void create() throws SQLException {
    execute(
        "create schema described",
        "create table described.parent (id int primary key, name varchar(20) not null,"
            + " price numeric(10, 2) default 0)",
        "create table described.child (id bigserial primary key,"
            + " parent int references described.parent on delete cascade, tags text[])",
        "create index on described.child (parent)",
        "create view described.both as select * from described.parent",
        "create function described.twice(n int, out result int) language sql as 'select 2 * n'",
        "comment on table described.parent is 'with a remark'");
  }

  @AfterAll
  static void drop() throws SQLException {
    execute("drop schema described cascade");
  }

  private static void execute(String... commands) throws SQLException {
    try (Connection connection = Way.DIRECT.connect();
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  private static Arguments of(String name, Question question) {
    return Arguments.of(name, question);
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        of("tables", db -> db.getTables(null, SCHEMA, "%", null)),
        of("columns", db -> db.getColumns(null, SCHEMA, "%", "%")),
        of("primary keys", db -> db.getPrimaryKeys(null, SCHEMA, "child")),
        of("imported keys", db -> db.getImportedKeys(null, SCHEMA, "child")),
        of("exported keys", db -> db.getExportedKeys(null, SCHEMA, "parent")),
        of("indexes", db -> db.getIndexInfo(null, SCHEMA, "child", false, false)),
        of("privileges", db -> db.getTablePrivileges(null, SCHEMA, "%")),
        of("functions", db -> db.getFunctions(null, SCHEMA, "%")),
        of("function columns", db -> db.getFunctionColumns(null, SCHEMA, "%", "%")),
        of("procedures", db -> db.getProcedures(null, SCHEMA, "%")),
        of("types", DatabaseMetaData::getTypeInfo),
        of("schemas", DatabaseMetaData::getSchemas),
        of("catalogs", DatabaseMetaData::getCatalogs),
        of("table types", DatabaseMetaData::getTableTypes),
        of("best row identifier", db -> db.getBestRowIdentifier(null, SCHEMA, "parent", 0, true)),
        of("client info", DatabaseMetaData::getClientInfoProperties));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("questions")
  void answer_isTheServers(String name, Question question) throws SQLException {
    List<String> direct = rows(Way.DIRECT, question);

    List<String> gated = rows(Way.GATED, question);

    assertThat(gated).as(name).isEqualTo(direct);
  }

  private static List<String> rows(Way way, Question question) throws SQLException {
    List<String> read = new ArrayList<>();
    try (Connection connection = way.connect();
        ResultSet rows = question.ask(connection.getMetaData())) {
      ResultSetMetaData shape = rows.getMetaData();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
          row.append(shape.getColumnName(i)).append('=').append(rows.getString(i)).append(' ');
        }
        read.add(row.toString());
      }
    }
    return read;
  }
}
