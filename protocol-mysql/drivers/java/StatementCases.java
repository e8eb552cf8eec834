import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Statements, values and results. */
final class StatementCases {
  private static final String TYPED =
      "create table y (a bigint, u bigint unsigned, f float, d double, n decimal(40, 6), y year, bi"
          + " bit(9), e enum('x', 'y'), s set('p', 'q'), b blob, dt datetime(6), ts timestamp(3)"
          + " null, t time(6), j json, c char(4), tx longtext) character set utf8mb4";
  private static final List<String> TYPED_ROWS =
      List.of(
          "-1, 18446744073709551615, 1.25, -1.25e300, -12345678901234567890.000100, 2024,"
              + " b'100000001', 'y', 'p,q', x'0001feff', '1999-12-31 23:59:59.000001',"
              + " '2024-02-29 12:00:00.123', '12:59:59.000001', '{\"a\": [1]}', 'é', '🦆'",
          "null, 0, 0, 0, 0, 1901, b'0', 'x', '', '', '1000-01-01', null, '00:00:00', 'null', '',"
              + " ''");

  private StatementCases() {}

  static Object types(Connection c) throws SQLException {
    Driver.execute(c, "drop table if exists y");
    Driver.execute(c, TYPED);
    for (String row : TYPED_ROWS) {
      Driver.execute(c, "insert into y values (" + row + ")");
    }
    List<Object> seen = new ArrayList<>(Driver.rows(c, "select * from y"));
    try (PreparedStatement statement = c.prepareStatement("select * from y");
        ResultSet found = statement.executeQuery()) {
      ResultSetMetaData data = found.getMetaData();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        seen.add(
            List.of(
                data.getColumnName(i),
                data.getColumnTypeName(i),
                data.getPrecision(i),
                data.getScale(i),
                data.isSigned(i),
                data.isNullable(i),
                data.getTableName(i),
                data.getCatalogName(i)));
      }
    }
    for (Object value :
        List.of(
            true,
            Long.MIN_VALUE,
            new BigDecimal("18446744073709551615"),
            1.5f,
            -1.25e300,
            "",
            "naïve 'q' \" \\ 漢字 🦆",
            new byte[] {0, 1, -2, -1},
            java.time.LocalDate.of(2024, 2, 29),
            java.time.LocalDateTime.of(1999, 12, 31, 23, 59, 59, 1000),
            java.time.LocalTime.of(23, 59, 59))) {
      seen.add(Driver.rows(c, "select ?, length(?)", value, value));
    }
    return seen;
  }

  static Object nulls(Connection c) throws SQLException {
    return Driver.rows(
        c,
        "select null, ?, cast(null as date), cast(? as char), cast(null as decimal(5,2))",
        7,
        null);
  }

  static Object charset(Connection c) throws SQLException {
    String text = "é漢🦆";
    return Driver.rows(
        c,
        "select ?, hex(?), char_length(?), hex('é'), cast(x'E9' as char character set latin1)",
        text,
        text,
        text);
  }

  static Object transactionCommit(Connection c) throws Exception {
    return Driver.with(
        "",
        other -> {
          Driver.table(c);
          c.setAutoCommit(false);
          Driver.execute(c, "insert into t values (1, 'a')");
          Object before = Driver.count(other);
          c.commit();
          return List.of(before, Driver.count(other));
        });
  }

  static Object transactionRollback(Connection c) throws SQLException {
    Driver.table(c);
    c.setAutoCommit(false);
    Driver.execute(c, "insert into t values (1, 'a')");
    Object inside = Driver.count(c);
    c.rollback();
    return List.of(inside, Driver.count(c));
  }

  static Object savepoint(Connection c) throws SQLException {
    Driver.table(c);
    c.setAutoCommit(false);
    Driver.execute(c, "insert into t values (1, 'a')");
    Savepoint point = c.setSavepoint("s");
    Driver.execute(c, "insert into t values (2, 'b')");
    Object error = Driver.refused(c, "insert into t values (1, 'again')");
    c.rollback(point);
    Driver.execute(c, "insert into t values (3, 'c')");
    c.commit();
    return List.of(error, Driver.rows(c, "select id from t order by id"));
  }

  static Object errorFields(Connection c) throws SQLException {
    Driver.table(c);
    List<Object> seen = new ArrayList<>();
    for (String sql :
        List.of(
            "insert into t values (1, 'a'), (1, 'b')",
            "insert into t values (null, 'b')",
            "insert into t values (99999999999, 'b')",
            "signal sqlstate '45000' set message_text = 'raised é', mysql_errno = 5007")) {
      seen.add(Driver.refused(c, sql));
      seen.add(Driver.rows(c, "select 1"));
    }
    return seen;
  }

  static Object errorInTransaction(Connection c) throws SQLException {
    Driver.table(c);
    c.setAutoCommit(false);
    Driver.execute(c, "insert into t values (1, 'a')");
    Object error = Driver.refused(c, "insert into t values (1, 'again')");
    c.commit();
    return List.of(error, Driver.count(c));
  }

  static Object preparedReuse(Connection c) throws SQLException {
    Driver.table(c);
    Driver.execute(c, "insert into t values (1, 'a')");
    long total = 0;
    try (PreparedStatement sum = c.prepareStatement("select ? + 1");
        PreparedStatement every = c.prepareStatement("select * from t")) {
      for (int i = 0; i < 100; i++) {
        sum.setInt(1, i);
        try (ResultSet found = sum.executeQuery()) {
          found.next();
          total += found.getLong(1);
        }
      }
      Object before = Driver.all(every.executeQuery());
      Driver.execute(c, "alter table t add column w int");
      try {
        return List.of(total, before, Driver.all(every.executeQuery()));
      } catch (SQLException e) {
        if (!e.getMessage().contains("IndexOutOfBoundsException")) {
          throw e;
        }
        return List.of(total, before, "the driver knows the columns of before");
      }
    }
  }

  static Object preparedError(Connection c) throws SQLException {
    Driver.table(c);
    List<Object> seen = new ArrayList<>();
    try (PreparedStatement none = c.prepareStatement("selec ?")) {
      none.setInt(1, 1);
      none.executeQuery();
    } catch (SQLException e) {
      seen.add(Driver.fields(e));
    }
    try (PreparedStatement insert = c.prepareStatement("insert into t values (?, ?)")) {
      for (int id : new int[] {1, 1, 2}) {
        insert.setInt(1, id);
        insert.setString(2, id == 2 ? null : "a");
        try {
          seen.add(insert.executeUpdate());
        } catch (SQLException e) {
          seen.add(Driver.fields(e));
        }
      }
    }
    seen.add(Driver.count(c));
    return seen;
  }

  static Object batch(Connection c) throws SQLException {
    Driver.table(c);
    int done = 0;
    List<Object> seen = new ArrayList<>();
    try (PreparedStatement insert = c.prepareStatement("insert into t values (?, ?)")) {
      for (int i = 0; i < 1000; i++) {
        insert.setInt(1, i);
        insert.setString(2, "v'" + i);
        insert.addBatch();
      }
      done = insert.executeBatch().length;
      insert.setInt(1, 5);
      insert.setString(2, "again");
      insert.addBatch();
      insert.executeBatch();
    } catch (BatchUpdateException e) {
      seen.add(List.of(done, e.getErrorCode(), e.getUpdateCounts().length));
    }
    seen.add(
        Driver.rows(c, "select count(*), sum(id), sha2(group_concat(v order by id), 256) from t"));
    return seen;
  }

  static Object counts(Connection c) throws SQLException {
    Driver.table(c);
    Driver.execute(c, "alter table t modify id int auto_increment");
    List<Object> seen = new ArrayList<>();
    try (Statement statement = c.createStatement()) {
      seen.add(
          statement.executeUpdate(
              "insert into t (v) values ('a'), ('b')", Statement.RETURN_GENERATED_KEYS));
      seen.add(Driver.all(statement.getGeneratedKeys()));
      seen.add(statement.executeUpdate("update t set v = 'a'"));
      seen.add(Driver.all(statement.executeQuery("select 1/0, cast('x' as signed)")));
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        seen.add(List.of(w.getErrorCode(), String.valueOf(w.getMessage())));
      }
    }
    return seen;
  }

  static Object largeValue(Connection c) throws Exception {
    byte[] data = new byte[8 << 20];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) i;
    }
    try (PreparedStatement statement = c.prepareStatement("select length(?), ?")) {
      statement.setBytes(1, data);
      statement.setBinaryStream(2, new java.io.ByteArrayInputStream(data), data.length);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return List.of(found.getLong(1), Driver.digest(found.getBytes(2)));
      }
    }
  }

  static Object manyRows(Connection c) throws Exception {
    List<Object> found =
        Driver.rows(
            c, "select seq, sha2(seq, 256) from " + Driver.NUMBERS + " order by seq limit 100000");
    return List.of(found.size(), Driver.digest(found.toString().getBytes(StandardCharsets.UTF_8)));
  }

  static Object cursor(Connection c) throws SQLException {
    String sql = "select seq from " + Driver.NUMBERS + " where seq <= 10000 order by seq";
    boolean streams = !Driver.mariadb() && !c.getMetaData().getURL().contains("useCursorFetch");
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setFetchSize(streams ? Integer.MIN_VALUE : 100);
      long total = 0;
      int first = 0;
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          first = first == 0 ? found.getInt(1) : first;
          total += found.getInt(1);
        }
      }
      return List.of(first, total);
    }
  }

  static List<Object> results(Statement statement, boolean rows) throws SQLException {
    List<Object> seen = new ArrayList<>();
    boolean more = rows;
    while (more || statement.getUpdateCount() != -1) {
      seen.add(more ? Driver.all(statement.getResultSet()) : statement.getUpdateCount());
      more = statement.getMoreResults();
    }
    return seen;
  }

  static Object multiStatement(Connection c) throws SQLException {
    Driver.table(c);
    List<Object> seen = new ArrayList<>();
    try (Statement statement = c.createStatement()) {
      seen.add(
          results(
              statement,
              statement.execute("insert into t values (1, 'a'); select 1; select 2, 'x'")));
      try {
        seen.add(
            results(
                statement,
                statement.execute(
                    "insert into t values (2, 'b'); select 1 from no_such_table; select 3")));
      } catch (SQLException e) {
        seen.add(Driver.fields(e));
      }
    }
    seen.add(Driver.count(c));
    return seen;
  }

  static Object procedure(Connection c) throws SQLException {
    Driver.execute(c, "drop procedure if exists p");
    Driver.execute(
        c,
        "create procedure p(in a int, out b int) begin select a, 'first';"
            + " select 'second' union select 'x'; set b = a + 1; end");
    try (CallableStatement call = c.prepareCall("{call p(?, ?)}")) {
      call.setInt(1, 7);
      call.registerOutParameter(2, Types.INTEGER);
      List<Object> seen = results(call, call.execute());
      return List.of(seen, call.getInt(2));
    }
  }
}
