package io.gatehouse.postgres.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.xa.PGXADataSource;

/** Transactions, cancels, timeouts and what arrives without being asked for. */
@ExtendWith(ServerCondition.class)
@ParameterizedClass
@EnumSource
class ConversationsIT {

  @Parameter
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Way way;

  private static String single(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void fails(String sqlState, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, failed -> assertThat(failed.getSQLState()).isEqualTo(sqlState));
  }

  @Test
  void cancel_endsTheStatementThatRuns_andNoOther() throws SQLException {
    try (Connection connection = way.connect();
        Connection observer = way.connect();
        Statement statement = connection.createStatement()) {
      int backend = connection.unwrap(PGConnection.class).getBackendPID();
      CompletableFuture<Void> sleeping =
          CompletableFuture.runAsync(() -> run(statement, "select pg_sleep(60)"));
      Awaitility.await()
          .until(
              () ->
                  single(observer, "select state from pg_stat_activity where pid = " + backend)
                      .equals("active"));

      statement.cancel();

      assertThatThrownBy(sleeping::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              IllegalStateException.class,
              ended -> assertThat(ended.getMessage()).isEqualTo("57014"));
      for (int i = 0; i < 20; i++) {
        statement.cancel();
        assertThat(single(connection, "select 'untouched'")).isEqualTo("untouched");
      }
    }
  }

  private static void run(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getSQLState());
    }
  }

  @Test
  void queryTimeout_cancelsAndLeavesTheConnectionUsable() throws SQLException {
    try (Connection connection = way.connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      fails("57014", () -> statement.execute("select pg_sleep(60)"));
      assertThat(single(connection, "select 'usable'")).isEqualTo("usable");
    }
  }

  @Test
  void socketTimeout_endsTheConnection() throws SQLException {
    try (Connection connection = way.connect("socketTimeout", "1");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("select pg_sleep(60)"))
          .isInstanceOf(SQLException.class)
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void statementTimeoutOfTheServer_isItsOwnError() throws SQLException {
    try (Connection connection = way.connect("options", "-c statement_timeout=100")) {
      fails("57014", () -> single(connection, "select pg_sleep(60)"));
      assertThat(single(connection, "show statement_timeout")).isEqualTo("100ms");
    }
  }

  @Test
  void notifications_arriveBetweenAndWithinCommands() throws SQLException {
    try (Connection listening = way.connect();
        Connection notifying = way.connect();
        Statement listen = listening.createStatement();
        Statement notify = notifying.createStatement()) {
      listen.execute("listen driven_" + way);
      notify.execute("notify driven_" + way + ", 'first'");
      notify.execute("select pg_notify(lower('driven_" + way + "'), repeat('x', 7000))");

      PGNotification[] first = next(listening);
      PGNotification[] second = first.length > 1 ? first : next(listening);

      assertThat(first[0].getParameter()).isEqualTo("first");
      assertThat(second[second.length - 1].getParameter()).hasSize(7000);
      listen.execute("notify driven_" + way + ", 'own'");
      assertThat(next(listening)[0].getPID())
          .isEqualTo(listening.unwrap(PGConnection.class).getBackendPID());
    }
  }

  private static PGNotification[] next(Connection listening) throws SQLException {
    PGNotification[] arrived = listening.unwrap(PGConnection.class).getNotifications(10_000);
    assertThat(arrived).isNotEmpty();
    return arrived;
  }

  @Test
  void notices_becomeWarningsInOrder() throws SQLException {
    try (Connection connection = way.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("do $$ begin raise notice 'one'; raise warning 'two'; end $$");

      SQLWarning one = statement.getWarnings();
      assertThat(one.getMessage()).isEqualTo("one");
      assertThat(one.getNextWarning().getMessage()).isEqualTo("two");
    }
  }

  @Test
  void savepoint_bringsAFailedTransactionBack() throws SQLException {
    try (Connection connection = way.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create temp table t (id int primary key)");
      connection.setAutoCommit(false);
      statement.execute("insert into t values (1)");
      Savepoint savepoint = connection.setSavepoint("here");
      fails("23505", () -> statement.execute("insert into t values (1)"));
      connection.rollback(savepoint);
      statement.execute("insert into t values (2)");
      connection.releaseSavepoint(savepoint);
      connection.commit();

      assertThat(single(connection, "select string_agg(id::text, ',') from t")).isEqualTo("1,2");
    }
  }

  @Test
  void autosaveAlways_keepsTheTransactionAliveOverErrors() throws SQLException {
    try (Connection connection = way.connect("autosave", "always");
        Statement statement = connection.createStatement()) {
      statement.execute("create temp table t (id int primary key)");
      connection.setAutoCommit(false);
      statement.execute("insert into t values (1)");
      fails("23505", () -> statement.execute("insert into t values (1)"));
      try (PreparedStatement insert = connection.prepareStatement("insert into t values (?)")) {
        for (int i = 2; i < 10; i++) {
          insert.setInt(1, i);
          insert.executeUpdate();
          insert.setInt(1, 1);
          fails("23505", insert::executeUpdate);
        }
      }
      connection.commit();

      assertThat(single(connection, "select count(*) from t")).isEqualTo("9");
    }
  }

  @Test
  void isolationAndReadOnly_areTheServers() throws SQLException {
    try (Connection connection = way.connect();
        Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);

      assertThat(single(connection, "show transaction_isolation")).isEqualTo("serializable");
      fails("25006", () -> statement.execute("create table never (id int)"));
      connection.rollback();
    }
  }

  private record Branch(byte number) implements Xid {
    @Override
    public int getFormatId() {
      return 1;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return new byte[] {number};
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {1};
    }
  }

  @Test
  void xaBranch_commitsInOnePhaseOrRollsBack() throws Exception {
    PGXADataSource source = new PGXADataSource();
    source.setUrl(way.url());
    way.properties()
        .forEach((name, value) -> set(source, String.valueOf(name), String.valueOf(value)));
    XAConnection xa = source.getXAConnection();
    try (Connection connection = xa.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create temp table t (id int)");
      XAResource resource = xa.getXAResource();
      for (byte number = 0; number < 4; number++) {
        Xid branch = new Branch(number);
        resource.start(branch, XAResource.TMNOFLAGS);
        statement.execute("insert into t values (" + number + ")");
        resource.end(branch, XAResource.TMSUCCESS);
        if (number % 2 == 0) {
          resource.commit(branch, true);
        } else {
          resource.rollback(branch);
        }
      }
      assertThat(single(connection, "select string_agg(id::text, ',') from t")).isEqualTo("0,2");
    } finally {
      xa.close();
    }
  }

  private static void set(PGXADataSource source, String name, String value) {
    try {
      source.setProperty(name, value);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void backendThatIsTerminated_isReportedAsSuch() throws SQLException {
    try (Connection connection = way.connect();
        Connection other = way.connect()) {
      int backend = connection.unwrap(PGConnection.class).getBackendPID();
      single(other, "select pg_terminate_backend(" + backend + ")");

      fails("57P01", () -> single(connection, "select 1"));
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void parameterChanges_reachTheDriver() throws SQLException {
    try (Connection connection = way.connect();
        Statement statement = connection.createStatement()) {
      PGConnection driver = connection.unwrap(PGConnection.class);
      statement.execute("set application_name = 'renamed'");

      assertThat(driver.getParameterStatus("application_name")).isEqualTo("renamed");
      assertThat(driver.getParameterStatus("server_version"))
          .isEqualTo(single(connection, "show server_version"));
    }
  }
}
