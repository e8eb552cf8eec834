import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Login, what a session keeps, and how it ends. */
final class SessionCases {

  private SessionCases() {}

  static Object login(String user, String password) throws Exception {
    try (Connection c = Driver.connect(user, password, Driver.variable("SERVER_CA"), "")) {
      return Driver.rows(c, "select 'accepted'");
    } catch (SQLException e) {
      return Driver.fields(e).subList(1, 3);
    }
  }

  static Object tlsUntrusted() throws Exception {
    if (Driver.variable("SERVER_TLS").equals("plain")) {
      return "refused";
    }
    try (Connection c =
        Driver.connect(
            Driver.variable("SERVER_USER"),
            Driver.variable("SERVER_PASSWORD"),
            Driver.variable("OTHER_CA"),
            "")) {
      return "accepted";
    } catch (SQLException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof GeneralSecurityException) {
          return "refused";
        }
      }
      return e.getMessage().contains("Self signed certificates") ? "refused" : Driver.fields(e);
    }
  }

  static Object databaseChange(Connection c) throws SQLException {
    c.setCatalog("information_schema");
    List<Object> seen = new ArrayList<>(Driver.rows(c, "select database()"));
    try {
      c.setCatalog("no_such_database");
    } catch (SQLException e) {
      seen.add(Driver.fields(e));
    }
    Driver.execute(c, "use drivers");
    seen.addAll(Driver.rows(c, "select database()"));
    return seen;
  }

  static Object sessionVariables(Connection c) throws SQLException {
    Driver.execute(c, "set time_zone = '+05:00', sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'");
    Object seen =
        Driver.rows(
            c, "select @@time_zone, cast(from_unixtime(0) as char), 'a' || 'b', @@sql_mode");
    Driver.execute(c, "set sql_mode = default");
    return List.of(seen, Driver.rows(c, "select 'a' || 'b'"));
  }

  static Object localInfile(Connection c) throws SQLException, IOException {
    Path path = Path.of(Driver.variable("DRIVER_DIR"), "local.txt");
    Files.writeString(path, "1\ta\n2\tb\n");
    Driver.table(c);
    Object loaded;
    try {
      loaded = Driver.execute(c, "load data local infile '" + path + "' into table t");
    } catch (SQLException e) {
      loaded = Driver.fields(e);
    }
    return List.of(loaded, Driver.count(c));
  }

  static Object reset(Connection c) throws Exception {
    if (Driver.mariadb()) {
      return Driver.UNSUPPORTED;
    }
    Driver.execute(c, "set @a = 5");
    c.getClass().getMethod("resetServerState").invoke(c);
    return Driver.rows(c, "select @a, database()");
  }

  static Object cancelled(Connection c, int seconds, Driver.Work<?> cancel) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> cancelled =
          thread.submit(
              () -> {
                LockSupport.parkNanos(500_000_000L);
                return cancel.on(c);
              });
      Object slept;
      try {
        slept = Driver.rows(c, "select sleep(" + seconds + ")");
      } catch (SQLException e) {
        slept = Driver.fields(e);
      }
      try {
        cancelled.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        return refusal(e);
      }
      return List.of(slept, Driver.rows(c, "select 1"));
    } finally {
      thread.shutdownNow();
    }
  }

  private static List<Object> refusal(ExecutionException e) throws ExecutionException {
    if (e.getCause() instanceof SQLException refused) {
      return Driver.fields(refused).subList(1, 3);
    }
    throw e;
  }

  static Object cancel(Connection c) throws Exception {
    Object number = ((List<?>) Driver.rows(c, "select connection_id()").get(0)).get(0);
    return cancelled(
        c, 5, slept -> Driver.with("", other -> Driver.execute(other, "kill query " + number)));
  }

  static Object driverCancel(Connection c) throws Exception {
    List<Object> seen = new ArrayList<>();
    try (Statement statement = c.createStatement()) {
      statement.setQueryTimeout(1);
      seen.add(Driver.all(statement.executeQuery("select sleep(3)")));
    } catch (SQLException e) {
      seen.add(Driver.fields(e));
    }
    seen.add(Driver.rows(c, "select 1"));
    return seen;
  }

  static Object timeout(Connection c) throws SQLException {
    boolean mariadb = Driver.variable("SERVER_NAME").startsWith("mariadb");
    String sql =
        mariadb
            ? "set statement max_statement_time = 1 for select sleep(20)"
            : "select /*+ max_execution_time(1000) */ sleep(20) from dual where 1 = 1";
    try (Statement statement = c.createStatement()) {
      return Driver.all(statement.executeQuery(sql));
    } catch (SQLException e) {
      return List.of(Driver.fields(e), Driver.rows(c, "select 1"));
    }
  }

  static Object shortConnections() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(10);
    try {
      List<Future<Object>> asked = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String sql = "select " + i;
        asked.add(
            pool.submit(() -> Driver.with("", c -> ((List<?>) Driver.rows(c, sql).get(0)).get(0))));
      }
      int total = 0;
      for (Future<Object> answer : asked) {
        total += Integer.parseInt(answer.get().toString());
      }
      return total;
    } finally {
      pool.shutdownNow();
    }
  }

  static String number(Connection c) throws SQLException {
    return ((List<?>) Driver.rows(c, "select connection_id()").get(0)).get(0).toString();
  }

  static String gone(Connection watch, String number) throws Exception {
    for (int i = 0; i < 200; i++) {
      if (Driver.rows(watch, "select 1 from information_schema.processlist where id = " + number)
          .isEmpty()) {
        return "gone";
      }
      LockSupport.parkNanos(50_000_000L);
    }
    return "still there";
  }

  static Object terminate() throws Exception {
    return Driver.with(
        "",
        watch -> {
          String left = gone(watch, Driver.with("", SessionCases::number));
          return Driver.with(
              "",
              killed -> {
                String number = number(killed);
                try {
                  Driver.execute(watch, "kill " + number);
                } catch (SQLException e) {
                  return List.of(left, Driver.fields(e).subList(1, 3));
                }
                gone(watch, number);
                return List.of(
                    left,
                    Driver.refused(killed, "select 1").subList(1, 3),
                    Driver.with("", anew -> Driver.rows(anew, "select 1")));
              });
        });
  }
}
