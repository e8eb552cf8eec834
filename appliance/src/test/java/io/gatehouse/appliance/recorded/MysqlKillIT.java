package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.mysql.testing.Patience;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What drivers do when a statement takes too long, through the whole gate. */
class MysqlKillIT {
  @TempDir private Path folder;

  private MysqlScene scene(Flavour flavour) throws Exception {
    return MysqlScene.start(flavour, folder, "");
  }

  private static String asked(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** For its cancel MariaDB's driver knows the gate by its address, which no certificate names. */
  private static String byAddress(Flavour flavour) {
    return flavour == Flavour.MARIADB ? "&sslMode=verify-ca" : "";
  }

  /** Drivers open a second connection and name the first by the number of its greeting. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void timeoutOfADriver_endsItsStatementThroughTheGate(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour)) {
      try (Connection ann = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD);
          Statement statement = ann.createStatement()) {
        statement.setQueryTimeout(2);
        SQLException ended =
            catchThrowableOfType(
                SQLException.class, () -> statement.executeQuery("SELECT SLEEP(3600)").next());
        assertThat((Throwable) ended).isInstanceOf(SQLTimeoutException.class);
        assertThat(asked(ann, "SELECT 'goes on'")).isEqualTo("goes on");
      }
      assertThat(scene.recorded(Kind.COMMAND_INTENT))
          .extracting(entry -> entry.text("text"))
          .noneMatch(text -> text.contains("KILL"));
      assertThat(scene.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void cancelOfADriver_endsItsStatementThroughTheGate(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour);
        Connection ann =
            scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD, "bank", byAddress(flavour));
        Statement statement = ann.createStatement()) {
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.executeQuery("SELECT SLEEP(3600)").close();
                } catch (SQLException e) {
                  throw new CompletionException(e);
                }
              });
      // Of one that comes before the statement does, drivers and gate keep nothing.
      Patience.await()
          .until(
              () -> {
                statement.cancel();
                return running.isDone();
              });
      assertThat(asked(ann, "SELECT 'goes on'")).isEqualTo("goes on");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void killOfAnothersSession_isRefused_ofTheOwnNot(Flavour flavour) throws Exception {
    try (MysqlScene scene = scene(flavour);
        ControlStore store = scene.store();
        NewCredential made = IdentityScene.issue(store, "erika");
        Connection ann = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD)) {
      scene.policy(MysqlScene.POLICY.replace("writers]", "writers, analysts]"));
      long number =
          switch (flavour) {
            case MYSQL ->
                ann.unwrap(com.mysql.cj.jdbc.JdbcConnection.class).getSession().getThreadId();
            case MARIADB -> ann.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
          };
      String name = made.credential().name();
      try (Connection erika = scene.connect(name, IdentityScene.password(made))) {
        SQLException refused =
            catchThrowableOfType(SQLException.class, () -> execute(erika, "KILL " + number));
        assertThat(refused.getErrorCode()).isEqualTo(1094);
      }
      assertThat(asked(ann, "SELECT 1")).isEqualTo("1");
      try (Connection second = scene.connect(MysqlScene.ANN, MysqlScene.PASSWORD)) {
        execute(second, "KILL " + number);
      }
      assertThat((Throwable) catchThrowableOfType(SQLException.class, () -> asked(ann, "SELECT 1")))
          .isNotNull();
      assertThat(scene.recorded(Kind.SESSION_CLOSED))
          .extracting(entry -> entry.text("reason"))
          .contains("killed");
    }
  }
}
