import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The driver cases with MySQL Connector/J or MariaDB Connector/J, whichever is on the class path.
 */
final class Driver {
  static final String UNSUPPORTED = "unsupported by driver";
  static final String PREPARED = "useServerPrepStmts=true";
  static final String NUMBERS =
      "(with recursive n(g) as (select 1 union all select g + 1 from n where g < 900)"
          + " select a.g + 900 * (b.g - 1) as seq from n a, n b where b.g <= 112) s";

  private static final Set<Path> STORES = new HashSet<>();

  interface Work<T> {
    T on(Connection connection) throws Exception;
  }

  private Driver() {}

  public static void main(String[] cases) {
    boolean failed = false;
    for (String name : cases) {
      String line;
      try {
        line = "\"ok\": true, \"result\": " + json(run(name));
      } catch (Exception e) {
        failed = true;
        line = "\"ok\": false, \"error\": " + json(e.toString());
      }
      System.out.println("{\"case\": " + json(name) + ", " + line + "}");
    }
    System.exit(failed ? 1 : 0);
  }

  static Object run(String name) throws Exception {
    return switch (name) {
      case "connect-tls" -> with("", c -> rows(c, "select current_user(), database()"));
      case "tls-untrusted" -> SessionCases.tlsUntrusted();
      case "wrong-password" -> SessionCases.login("driver", "not the password");
      case "long-password" -> SessionCases.login("tokened", variable("LONG_PASSWORD"));
      case "connection-id", "change-user" -> UNSUPPORTED;
      case "database-change" -> with("", SessionCases::databaseChange);
      case "session-variables" -> with("", SessionCases::sessionVariables);
      case "types-text" -> with("", c -> StatementCases.types(c));
      case "types-binary" -> with(PREPARED, c -> StatementCases.types(c));
      case "nulls" ->
          List.of(with("", StatementCases::nulls), with(PREPARED, StatementCases::nulls));
      case "charset" -> with(PREPARED, StatementCases::charset);
      case "transaction-commit" -> with("", StatementCases::transactionCommit);
      case "transaction-rollback" -> with("", StatementCases::transactionRollback);
      case "savepoint" -> with("", StatementCases::savepoint);
      case "error-fields" -> with("", StatementCases::errorFields);
      case "error-unknown" ->
          with(
              "",
              c ->
                  List.of(
                      refused(c, "select 'é', x.* from no_such_table x"),
                      refused(c, "selec 1"),
                      rows(c, "select 1")));
      case "error-in-rows" ->
          with(
              "",
              c ->
                  List.of(
                      refused(
                          c, "select (select 1 union select if(seq = 5000, 2, 1)) from " + NUMBERS),
                      rows(c, "select 1")));
      case "error-in-transaction" -> with("", StatementCases::errorInTransaction);
      case "empty-query" -> with("", c -> List.of(refused(c, ""), rows(c, "select 1")));
      default -> statements(name);
    };
  }

  private static Object statements(String name) throws Exception {
    return switch (name) {
      case "prepared-reuse" -> with(PREPARED, StatementCases::preparedReuse);
      case "prepared-error" -> with(PREPARED, StatementCases::preparedError);
      case "batch" ->
          List.of(
              with(PREPARED, StatementCases::batch),
              with("rewriteBatchedStatements=true", StatementCases::batch));
      case "counts" -> with("", StatementCases::counts);
      case "large-value" ->
          List.of(with("", StatementCases::largeValue), with(PREPARED, StatementCases::largeValue));
      case "many-rows" -> with("", StatementCases::manyRows);
      case "cursor" ->
          List.of(
              with("useCursorFetch=true&" + PREPARED, StatementCases::cursor),
              with("", StatementCases::cursor));
      case "multi-statement" -> with("allowMultiQueries=true", StatementCases::multiStatement);
      case "procedure" -> with("", StatementCases::procedure);
      case "local-infile" ->
          with("allowLoadLocalInfile=true&allowLocalInfile=true", SessionCases::localInfile);
      default -> sessions(name);
    };
  }

  private static Object sessions(String name) throws Exception {
    return switch (name) {
      case "ping" ->
          with(
              "",
              c -> {
                execute(c, "set @a = 5");
                return List.of(c.isValid(5), rows(c, "select @a, database()"));
              });
      case "reset-connection" -> with("", SessionCases::reset);
      case "cancel" -> with("", SessionCases::cancel);
      case "driver-cancel" -> with("", SessionCases::driverCancel);
      case "timeout" -> with("", SessionCases::timeout);
      case "short-connections" -> SessionCases.shortConnections();
      case "idle" ->
          with(
              "",
              c -> {
                rows(c, "select 1");
                LockSupport.parkNanos(3_000_000_000L);
                return rows(c, "select 2");
              });
      case "terminate" -> SessionCases.terminate();
      default -> throw new IllegalArgumentException("no case " + name);
    };
  }

  static String variable(String name) {
    return System.getenv(name);
  }

  static boolean mariadb() throws SQLException {
    return DriverManager.drivers()
        .anyMatch(found -> found.getClass().getName().startsWith("org.mariadb"));
  }

  static String tls(String ca) throws Exception {
    if (variable("SERVER_TLS").equals("plain")) {
      return mariadb() ? "sslMode=disable" : "sslMode=DISABLED";
    }
    if (mariadb()) {
      return "sslMode=verify-full&serverSslCert=" + ca;
    }
    Path store = Path.of(variable("DRIVER_DIR"), Path.of(ca).getFileName() + ".p12");
    synchronized (Driver.class) {
      if (STORES.add(store)) {
        trust(ca, store);
      }
    }
    return "sslMode=VERIFY_IDENTITY&trustCertificateKeyStoreType=PKCS12"
        + "&trustCertificateKeyStorePassword=public&trustCertificateKeyStoreUrl=file:"
        + store;
  }

  static void trust(String ca, Path store) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(ca));
        OutputStream out = Files.newOutputStream(store)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
      trusted.store(out, "public".toCharArray());
    }
  }

  static Connection connect(String user, String password, String ca, String options)
      throws Exception {
    String url =
        "jdbc:%s://%s:%s/%s?%s&%s"
            .formatted(
                mariadb() ? "mariadb" : "mysql",
                variable("SERVER_HOST"),
                variable("SERVER_PORT"),
                variable("SERVER_DATABASE"),
                tls(ca),
                options);
    return DriverManager.getConnection(url, user, password);
  }

  static Connection connect(String options) throws Exception {
    return connect(
        variable("SERVER_USER"), variable("SERVER_PASSWORD"), variable("SERVER_CA"), options);
  }

  static <T> T with(String options, Work<T> work) throws Exception {
    Connection connection = connect(options);
    try {
      return work.on(connection);
    } finally {
      try {
        connection.close();
      } catch (SQLException ended) {
        // By itself, which is the case.
      }
    }
  }

  static List<Object> row(ResultSet found) throws SQLException {
    List<Object> row = new ArrayList<>();
    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
      Object value = found.getObject(i);
      row.add(
          value instanceof byte[] bytes
              ? HexFormat.of().formatHex(bytes)
              : value == null ? null : value.toString());
    }
    return row;
  }

  static List<Object> all(ResultSet found) throws SQLException {
    List<Object> rows = new ArrayList<>();
    while (found.next()) {
      rows.add(row(found));
    }
    return rows;
  }

  static List<Object> rows(Connection c, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet found = statement.executeQuery()) {
        return all(found);
      }
    }
  }

  static int execute(Connection c, String sql) throws SQLException {
    try (Statement statement = c.createStatement()) {
      statement.execute(sql);
      return statement.getUpdateCount();
    }
  }

  static List<Object> fields(SQLException e) {
    // MariaDB's driver puts the number of the connection before the words.
    String words = String.valueOf(e.getMessage()).replaceFirst("^\\(conn=\\d+\\) ", "");
    return List.of(
        e.getClass().getSimpleName(), e.getErrorCode(), String.valueOf(e.getSQLState()), words);
  }

  static List<Object> refused(Connection c, String sql) throws SQLException {
    try (Statement statement = c.createStatement()) {
      if (statement.execute(sql)) {
        all(statement.getResultSet());
      }
    } catch (SQLException e) {
      return fields(e);
    }
    throw new IllegalStateException("not refused: " + sql);
  }

  static void table(Connection c) throws SQLException {
    execute(c, "drop table if exists t");
    execute(c, "create table t (id int primary key, v text)");
  }

  static Object count(Connection c) throws SQLException {
    return rows(c, "select count(*) from t");
  }

  static String digest(byte[] data) throws GeneralSecurityException {
    return data.length
        + " bytes sha256:"
        + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data), 0, 8);
  }

  static String json(Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(Driver::json).toList()) + "]";
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return String.valueOf(value);
    }
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toString().toCharArray()) {
      text.append(
          c < ' ' || c == '"' || c == '\\' || c > '~'
              ? "\\u%04x".formatted((int) c)
              : String.valueOf(c));
    }
    return text.append('"').toString();
  }
}
