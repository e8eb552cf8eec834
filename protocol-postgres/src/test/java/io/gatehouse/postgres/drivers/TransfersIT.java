package io.gatehouse.postgres.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Much data, or data by another way than rows: cursors, COPY, large values, large objects. */
@ExtendWith(ServerCondition.class)
@ParameterizedClass
@EnumSource
class TransfersIT {
  private static final int SEED = 2_718_281;

  @Parameter
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Way way;

  @SuppressWarnings("NullAway.Init") // set before each
  private Connection connection;

  @SuppressWarnings("NullAway.Init") // set before each
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = way.connect();
    statement = connection.createStatement();
    statement.execute("create temp table t (id int, name text)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String single(String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private CopyManager copy() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  @Test
  void cursorWithFetchSize_suspendsAndGoesOn() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement select =
            connection.prepareStatement("select n from generate_series(1, 1005) n");
        Statement between = connection.createStatement()) {
      select.setFetchSize(100);
      long sum = 0;
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sum += rows.getInt(1);
          if (rows.getInt(1) == 250) {
            between.execute("insert into t values (250, 'between')");
          }
        }
      }
      assertThat(sum).isEqualTo(1005L * 1006 / 2);
    }
    connection.commit();
    assertThat(single("select name from t")).isEqualTo("between");
  }

  @Test
  void cursorLeftInTheMiddle_leavesTheConnectionUsable() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement select =
        connection.prepareStatement("select n from generate_series(1, 100000) n")) {
      select.setFetchSize(10);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
      }
    }
    connection.rollback();

    assertThat(single("select 'usable'")).isEqualTo("usable");
  }

  @Test
  void copyInAndOut_carryTheSameRows() throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      rows.append(i).append("\tname \\\\ ").append(i % 7).append('\n');
    }

    long in = copy().copyIn("copy t from stdin", new StringReader(rows.toString()));
    ByteArrayOutputStream copied = new ByteArrayOutputStream();
    long out = copy().copyOut("copy (select * from t order by id) to stdout", copied);

    assertThat(in).isEqualTo(20_000);
    assertThat(out).isEqualTo(20_000);
    assertThat(copied.toString(StandardCharsets.UTF_8)).isEqualTo(rows.toString());
  }

  @Test
  void copyInBinary_carriesWhatCopyOutGave() throws SQLException, IOException {
    statement.execute(
        "insert into t select n, repeat('x', n % 100) from generate_series(1, 999) n");
    ByteArrayOutputStream copied = new ByteArrayOutputStream();
    copy().copyOut("copy t to stdout (format binary)", copied);
    String before = single("select md5(string_agg(t::text, ',' order by id)) from t");
    statement.execute("truncate t");

    copy()
        .copyIn(
            "copy t from stdin (format binary)", new ByteArrayInputStream(copied.toByteArray()));

    assertThat(single("select md5(string_agg(t::text, ',' order by id)) from t")).isEqualTo(before);
  }

  @Test
  void copyInWithABadRow_fails_andTheConnectionIsUsable() throws SQLException {
    assertThatThrownBy(
            () -> copy().copyIn("copy t from stdin", new StringReader("1\tone\nno number\ttwo\n")))
        .isInstanceOfSatisfying(
            SQLException.class, failed -> assertThat(failed.getSQLState()).isEqualTo("22P02"));
    assertThat(single("select count(*) from t")).isEqualTo("0");
  }

  @Test
  void copyInThatTheClientGivesUp_leavesNothing() throws SQLException {
    CopyIn copying = copy().copyIn("copy t from stdin");
    byte[] row = "1\tone\n".getBytes(StandardCharsets.US_ASCII);
    copying.writeToCopy(row, 0, row.length);

    copying.cancelCopy();

    assertThat(single("select count(*) from t")).isEqualTo("0");
  }

  @Test
  void largeValues_goBothWays() throws SQLException {
    byte[] random = new byte[5_000_000];
    new Random(SEED).nextBytes(random);
    String text = "0123456789äöü".repeat(300_000);
    try (PreparedStatement select = connection.prepareStatement("select ?::bytea, ?::text")) {
      for (int turn = 0; turn < 6; turn++) {
        select.setBytes(1, random);
        select.setString(2, text);
        try (ResultSet rows = select.executeQuery()) {
          rows.next();
          assertThat(rows.getBytes(1)).as("seed %d", SEED).isEqualTo(random);
          assertThat(rows.getString(2)).isEqualTo(text);
        }
      }
    }
  }

  @Test
  void manyRowsAtOnce_allArrive() throws SQLException {
    long bytes = 0;
    try (ResultSet rows =
        statement.executeQuery("select n, repeat('x', 100) from generate_series(1, 100000) n")) {
      while (rows.next()) {
        bytes += rows.getString(2).length();
      }
    }
    assertThat(bytes).isEqualTo(10_000_000);
  }

  /** pgjdbc calls the functions of large objects by FunctionCall. */
  @Test
  void largeObject_isWrittenAndRead() throws SQLException, IOException {
    connection.setAutoCommit(false);
    LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
    byte[] content = new byte[300_000];
    new Random(SEED).nextBytes(content);
    long id = objects.createLO(LargeObjectManager.READWRITE);
    try (LargeObject object = objects.open(id, LargeObjectManager.WRITE)) {
      object.write(content);
    }

    try (LargeObject object = objects.open(id, LargeObjectManager.READ);
        InputStream stream = object.getInputStream()) {
      assertThat(object.size()).isEqualTo(content.length);
      assertThat(stream.readAllBytes()).as("seed %d", SEED).isEqualTo(content);
    }
    objects.delete(id);
    assertThatThrownBy(() -> objects.open(id, LargeObjectManager.READ))
        .isInstanceOfSatisfying(
            SQLException.class, failed -> assertThat(failed.getSQLState()).isEqualTo("42704"));
    connection.rollback();
  }
}
