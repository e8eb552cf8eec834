package io.gatehouse.postgres.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** pgjdbc in all its query modes, in text and in binary. */
@ExtendWith(ServerCondition.class)
@ParameterizedClass(name = "{0} {1} {2}")
@MethodSource("modes")
class QueryModesIT {

  /** More than the threshold of server-side prepared statements. */
  private static final int TURNS = 7;

  @SuppressWarnings("NullAway.Init") // set before all tests of a mode
  private static Connection connection;

  @Parameter(0)
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Way way;

  @Parameter(1)
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private String mode;

  @Parameter(2)
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private String threshold;

  static Stream<Arguments> modes() {
    Stream<Arguments> all =
        Stream.of("simple", "extended", "extendedForPrepared", "extendedCacheEverything")
            .flatMap(
                mode ->
                    Stream.of("text", "-1", "1", "5")
                        .flatMap(
                            threshold ->
                                Stream.of(Way.DIRECT, Way.GATED)
                                    .map(way -> Arguments.of(way, mode, threshold))));
    return Stream.concat(
        all,
        Stream.of(
            Arguments.of(Way.OLDER_DIRECT, "extended", "1"),
            Arguments.of(Way.OLDER_GATED, "extended", "1")));
  }

  @BeforeParameterizedClassInvocation
  static void open(Way way, String mode, String threshold) throws SQLException {
    connection = connect(way, mode, threshold);
  }

  @AfterParameterizedClassInvocation
  static void close() throws SQLException {
    connection.close();
  }

  @BeforeEach
  void emptyTable() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists t");
      statement.execute(
          "create temp table t (id int generated always as identity primary key, name text)");
    }
  }

  private static Connection connect(Way way, String mode, String threshold, String... more)
      throws SQLException {
    boolean text = threshold.equals("text");
    String[] settings = {
      "preferQueryMode", mode,
      "binaryTransfer", text ? "false" : "true",
      "prepareThreshold", text ? "5" : threshold
    };
    return way.connect(Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void valuesOfEveryCommonType_comeBackAsTheyWent() throws SQLException {
    List<Object> values =
        List.of(
            true,
            (short) -7,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            1.5f,
            -0.1d,
            new BigDecimal("12345678901234567890.0123456789"),
            "Grüße, 'quoted' \\ and \u20ac",
            UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            LocalDate.of(1999, 12, 31),
            LocalDateTime.of(2024, 2, 29, 23, 59, 59, 123_456_000),
            OffsetDateTime.of(2024, 2, 29, 23, 59, 59, 0, ZoneOffset.UTC));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select ?::bool, ?::int2, ?::int4, ?::int8, ?::float4, ?::float8, ?::numeric,"
                + " ?::text, ?::uuid, ?::date, ?::timestamp, ?::timestamptz, ?::int4,"
                + " ?::bytea")) {
      for (int turn = 0; turn < TURNS; turn++) {
        for (int i = 0; i < values.size(); i++) {
          statement.setObject(i + 1, values.get(i));
        }
        statement.setNull(values.size() + 1, java.sql.Types.INTEGER);
        statement.setBytes(values.size() + 2, new byte[] {0, 1, -1});
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          for (int i = 0; i < values.size(); i++) {
            assertThat(rows.getObject(i + 1, values.get(i).getClass())).isEqualTo(values.get(i));
          }
          assertThat(rows.getObject(values.size() + 1)).isNull();
          assertThat(rows.getBytes(values.size() + 2)).containsExactly(0, 1, -1);
          assertThat(rows.next()).isFalse();
        }
      }
    }
  }

  @Test
  void arrays_goBothWays() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select ?::int4[], ?::text[]")) {
      for (int turn = 0; turn < TURNS; turn++) {
        statement.setArray(1, connection.createArrayOf("int4", new Integer[] {1, null, 3}));
        statement.setArray(2, connection.createArrayOf("text", new String[] {"a,b", "\"", "ü"}));
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          assertThat(content(rows.getArray(1))).containsExactly(1, null, 3);
          assertThat(content(rows.getArray(2))).containsExactly("a,b", "\"", "ü");
        }
      }
    }
  }

  private static Object[] content(Array array) throws SQLException {
    return (Object[]) array.getArray();
  }

  @Test
  void errorInATransaction_isUndoneByRollback() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String insert = "insert into t overriding system value values (1, 'one')";
      assertThat(statement.executeUpdate(insert)).isEqualTo(1);

      fails("23505", () -> statement.executeUpdate(insert));
      fails("25P02", () -> statement.executeUpdate("select 1"));
      connection.rollback();

      assertThat(single(statement, "select count(*) from t")).isEqualTo("0");
    } finally {
      connection.setAutoCommit(true);
    }
  }

  @Test
  void batch_insertsAllOrNone() throws SQLException {
    for (String rewrite : List.of("false", "true")) {
      try (Connection batching = connect(way, mode, threshold, "reWriteBatchedInserts", rewrite);
          Statement statement = batching.createStatement()) {
        statement.execute("create temp table b (id int primary key, name text)");
        batching.setAutoCommit(false);
        try (PreparedStatement insert = batching.prepareStatement("insert into b values (?, ?)")) {
          batch(insert, 0, 300);
          assertThat(insert.executeBatch()).hasSize(300);
          batching.commit();

          batch(insert, 290, 310);
          assertThatThrownBy(insert::executeBatch)
              .isInstanceOfSatisfying(
                  BatchUpdateException.class,
                  failed -> assertThat(failed.getSQLState()).isEqualTo("23505"));
          batching.rollback();
        }
        assertThat(single(statement, "select count(*) from b")).isEqualTo("300");
      }
    }
  }

  private static void batch(PreparedStatement insert, int from, int to) throws SQLException {
    for (int i = from; i < to; i++) {
      insert.setInt(1, i);
      insert.setString(2, "row " + i);
      insert.addBatch();
    }
  }

  @Test
  void severalStatementsInOne_giveSeveralResults() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean rows =
          statement.execute(
              "insert into t (name) values ('a'), ('b'); select id from t; ; select 'last'");

      assertThat(rows).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(2);
      assertThat(statement.getMoreResults()).isTrue();
      assertThat(statement.getMoreResults()).isTrue();
      try (ResultSet last = Objects.requireNonNull(statement.getResultSet())) {
        last.next();
        assertThat(last.getString(1)).isEqualTo("last");
      }
    }
  }

  @Test
  void generatedKeys_comeBack() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into t (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
      for (int turn = 1; turn <= TURNS; turn++) {
        insert.setString(1, "row " + turn);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        try (ResultSet keys = insert.getGeneratedKeys()) {
          assertThat(keys.next()).isTrue();
          assertThat(keys.getInt("id")).isEqualTo(turn);
          assertThat(keys.getString("name")).isEqualTo("row " + turn);
        }
      }
    }
  }

  /** What changes under a prepared statement shows in every mode alike. */
  @Test
  void preparedStatement_survivesANewShapeOfItsResult() throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement select = connection.prepareStatement("select * from t where id > ?")) {
      statement.execute("insert into t (name) values ('a')");
      for (int turn = 0; turn < TURNS; turn++) {
        assertThat(columns(select)).isEqualTo(2);
      }
      statement.execute("alter table t add column more text default 'x'");

      assertThat(columns(select)).isEqualTo(3);
    }
  }

  private static int columns(PreparedStatement select) throws SQLException {
    select.setInt(1, 0);
    try (ResultSet rows = select.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getMetaData().getColumnCount();
    }
  }

  private static String single(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void fails(
      String sqlState, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, failed -> assertThat(failed.getSQLState()).isEqualTo(sqlState));
  }
}
