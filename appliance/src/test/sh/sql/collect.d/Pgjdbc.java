import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What pgjdbc says: every method of its metadata, and each of its features. */
class Pgjdbc {
  static Connection connect(String purpose, String... options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", System.getenv("PGUSER"));
    properties.setProperty("password", System.getenv("PGPASSWORD"));
    properties.setProperty("sslmode", "require");
    properties.setProperty("ApplicationName", "pgjdbc|" + purpose);
    for (int i = 0; i < options.length; i += 2) {
      properties.setProperty(options[i], options[i + 1]);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                System.getenv("PGHOST"), System.getenv("PGPORT"), System.getenv("PGDATABASE")),
        properties);
  }

  interface Use {
    void with(Connection c) throws Exception;
  }

  static void each(String purpose, Use use, String... options) {
    try (Connection c = connect(purpose, options)) {
      use.with(c);
    } catch (Exception e) {
      System.err.println(purpose + ": " + e);
    }
  }

  public static void main(String[] args) {
    Method[] methods = DatabaseMetaData.class.getMethods();
    Arrays.sort(methods, Comparator.comparing(Method::getName));
    for (Method method : methods) {
      each(method.getName(), c -> ask(c, method));
    }
    each("statements", Pgjdbc::statements);
    each("statements, simple", Pgjdbc::statements, "preferQueryMode", "simple");
    each("statements, prepared at once", Pgjdbc::statements, "prepareThreshold", "1");
    each("batches", Pgjdbc::batches);
    each("batches rewritten", Pgjdbc::batches, "reWriteBatchedInserts", "true");
    each("transactions", Pgjdbc::transactions);
    each("autosave", Pgjdbc::transactions, "autosave", "always");
    each("cursors", Pgjdbc::cursors);
    each("updatable results", Pgjdbc::updatable);
    each("metadata of results", Pgjdbc::results);
    each("copy", Pgjdbc::copy);
    each("large objects", Pgjdbc::large);
    each("types", Pgjdbc::types);
    each(
        "read only",
        c -> {
          c.setReadOnly(true);
          c.setAutoCommit(false);
          c.createStatement().executeQuery("select 1");
          c.commit();
        },
        "readOnlyMode",
        "always");
    each(
        "session",
        Pgjdbc::session,
        "currentSchema",
        "public,back_office",
        "options",
        "-c statement_timeout=0");
    each("target any", c -> c.createStatement().execute("select 1"), "targetServerType", "primary");
    each("two phases", Pgjdbc::xa);
    each(
        "notifications",
        c -> {
          c.createStatement().execute("LISTEN news");
          c.unwrap(PGConnection.class).getNotifications(1);
        });
  }

  static void ask(Connection c, Method method) throws Exception {
    Class<?>[] types = method.getParameterTypes();
    for (String[] names : new String[][] {{null, null, "%"}, {null, "public", "customer"}}) {
      Object[] values = new Object[types.length];
      int text = 0;
      for (int i = 0; i < types.length; i++) {
        if (types[i] == String.class) {
          values[i] = text < names.length ? names[text++] : "%";
        } else if (types[i] == boolean.class) {
          values[i] = false;
        } else if (types[i] == int.class) {
          values[i] = DatabaseMetaData.bestRowSession;
        } else if (types[i] == String[].class) {
          values[i] =
              names[1] == null
                  ? null
                  : new String[] {"TABLE", "VIEW", "SEQUENCE", "SYSTEM TABLE", "PARTITIONED TABLE"};
        } else if (types[i] == Class.class) {
          return;
        }
      }
      try {
        if (method.invoke(c.getMetaData(), values) instanceof ResultSet rows) {
          rows.next();
          rows.close();
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        System.err.println(method.getName() + ": " + e);
      }
    }
  }

  static void statements(Connection c) throws Exception {
    try (Statement s = c.createStatement()) {
      s.executeQuery("select 1");
      s.execute("select 1; select 2; update account set balance = balance where id = 1");
      s.execute(
          "insert into transaction (account_id, amount, booked, purpose) values (1, 1, now(), 'x')",
          Statement.RETURN_GENERATED_KEYS);
      s.execute(
          "insert into transaction (account_id, amount, booked, purpose) values (1, 1, now(), 'x')",
          new String[] {"id", "amount"});
      s.executeQuery(
          "select {fn now()}, {d '2025-01-01'}, {t '10:00:00'}, {ts '2025-01-01 10:00:00'}, {fn"
              + " concat('a', 'b')}, {fn timestampadd(SQL_TSI_DAY, 1, {fn now()})}");
      s.executeQuery("select * from customer where name like 'A!%' {escape '!'}");
      s.setMaxRows(3);
      s.setQueryTimeout(5);
      s.executeQuery("select * from customer");
    }
    for (int i = 0; i < 7; i++) {
      try (PreparedStatement p =
          c.prepareStatement("select name from customer where id = ? and born > ?")) {
        p.setLong(1, 1);
        p.setDate(2, java.sql.Date.valueOf("1900-01-01"));
        p.executeQuery().next();
      }
    }
    try (var call = c.prepareCall("{? = call add_up(?, ?)}")) {
      call.registerOutParameter(1, java.sql.Types.INTEGER);
      call.setInt(2, 1);
      call.setInt(3, 2);
      call.execute();
    }
    try (var call = c.prepareCall("call tidy()")) {
      call.execute();
    }
    try (PreparedStatement p = c.prepareStatement("select doc ?? 'a', ? from back_office.note")) {
      p.setString(1, "x");
      p.executeQuery();
    }
    try (PreparedStatement p =
        c.prepareStatement(
            "update card set blocked = ? where id = ?", Statement.RETURN_GENERATED_KEYS)) {
      p.setBoolean(1, false);
      p.setInt(2, 1);
      p.executeUpdate();
    }
  }

  static void batches(Connection c) throws Exception {
    c.setAutoCommit(false);
    try (PreparedStatement p =
        c.prepareStatement(
            "insert into transaction (account_id, amount, booked, purpose) values (?, ?, now(),"
                + " ?)")) {
      for (int i = 1; i < 8; i++) {
        p.setInt(1, i);
        p.setInt(2, i);
        p.setString(3, "batch");
        p.addBatch();
      }
      p.executeBatch();
    }
    try (Statement s = c.createStatement()) {
      s.addBatch("update account set balance = 0 where id = 1");
      s.addBatch("delete from card where id = 1");
      s.executeBatch();
    }
    c.rollback();
  }

  static void transactions(Connection c) throws Exception {
    for (int level : new int[] {1, 2, 4, 8}) {
      c.setTransactionIsolation(level);
      c.setAutoCommit(false);
      c.createStatement().executeQuery("select 1");
      Savepoint one = c.setSavepoint();
      Savepoint two = c.setSavepoint("by name");
      c.rollback(two);
      c.releaseSavepoint(one);
      try {
        c.createStatement().executeQuery("select 1/0");
      } catch (SQLException expected) {
        c.rollback();
      }
      c.commit();
      c.setAutoCommit(true);
    }
    c.setReadOnly(true);
    c.setAutoCommit(false);
    c.createStatement().executeQuery("select 1");
    c.commit();
    c.setReadOnly(false);
    c.setAutoCommit(true);
    c.isValid(1);
  }

  static void cursors(Connection c) throws Exception {
    c.setAutoCommit(false);
    try (Statement s = c.createStatement()) {
      s.setFetchSize(10);
      ResultSet rows = s.executeQuery("select * from customer");
      while (rows.next()) {
        rows.getString(1);
      }
    }
    c.createStatement()
        .execute(
            "create or replace function pg_temp.cursor() returns refcursor language plpgsql as"
                + " $$declare r refcursor := 'made'; begin open r for select 1; return r; end$$");
    try (var call = c.prepareCall("{? = call pg_temp.cursor()}")) {
      call.registerOutParameter(1, java.sql.Types.REF_CURSOR);
      call.execute();
      ((ResultSet) call.getObject(1)).next();
    }
    c.rollback();
  }

  static void updatable(Connection c) throws Exception {
    c.setAutoCommit(false);
    try (Statement s =
        c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
      ResultSet rows = s.executeQuery("select id, name, email from customer order by id");
      rows.next();
      rows.updateString("name", "x");
      rows.updateRow();
      rows.refreshRow();
      rows.absolute(3);
      rows.moveToInsertRow();
      rows.updateInt("id", 5000);
      rows.updateString("name", "x");
      rows.updateString("email", "x");
      try {
        rows.insertRow();
      } catch (SQLException expected) {
        c.rollback();
      }
    }
    c.rollback();
    try (Statement s =
        c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
      ResultSet rows = s.executeQuery("select * from card where id = 3");
      rows.next();
      rows.deleteRow();
    }
    c.rollback();
  }

  static void results(Connection c) throws Exception {
    var meta =
        c.createStatement()
            .executeQuery(
                "select c.*, a.balance, 'x' as literal from customer c join account a on"
                    + " a.customer_id = c.id")
            .getMetaData();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      meta.getTableName(i);
      meta.getSchemaName(i);
      meta.isNullable(i);
      meta.isAutoIncrement(i);
      meta.getColumnClassName(i);
      meta.getColumnTypeName(i);
    }
    c.prepareStatement("select * from back_office.note where id = ?")
        .getParameterMetaData()
        .getParameterTypeName(1);
    c.prepareStatement("select * from back_office.note where id = ?")
        .getMetaData()
        .getColumnTypeName(5);
  }

  static void copy(Connection c) throws Exception {
    CopyManager copy = c.unwrap(PGConnection.class).getCopyAPI();
    copy.copyOut(
        "COPY (SELECT id, name FROM customer) TO STDOUT WITH (FORMAT csv, HEADER)",
        new ByteArrayOutputStream());
    copy.copyOut("COPY customer TO STDOUT BINARY", new ByteArrayOutputStream());
    c.createStatement().execute("create temp table copied (a int, b text)");
    copy.copyIn("COPY copied FROM STDIN", new StringReader("1\tx\n"));
    copy.copyIn(
        "COPY copied (a, b) FROM STDIN WITH (FORMAT csv, DELIMITER ';', NULL '', QUOTE '\"')",
        new StringReader("1;x\n"));
  }

  static void large(Connection c) throws Exception {
    c.setAutoCommit(false);
    LargeObjectManager manager = c.unwrap(PGConnection.class).getLargeObjectAPI();
    long oid = manager.createLO(LargeObjectManager.READWRITE);
    LargeObject object = manager.open(oid, LargeObjectManager.READWRITE);
    object.write(new byte[] {1, 2});
    object.seek(0);
    object.read(1);
    object.tell();
    object.truncate(1);
    object.close();
    manager.delete(oid);
    c.rollback();
  }

  static void types(Connection c) throws Exception {
    PreparedStatement p =
        c.prepareStatement(
            "select ?::jsonb, ?::uuid, ?::int[], ?::mood, ?::bytea, ?::timestamptz, ?::numeric,"
                + " ?::interval");
    p.setObject(1, "{}", java.sql.Types.OTHER);
    p.setObject(2, new java.util.UUID(0, 1));
    Array array = c.createArrayOf("int4", new Object[] {1, 2});
    p.setArray(3, array);
    p.setObject(4, "ok", java.sql.Types.OTHER);
    p.setBytes(5, new byte[] {1});
    p.setObject(6, java.time.OffsetDateTime.now());
    p.setBigDecimal(7, java.math.BigDecimal.ONE);
    p.setObject(8, new org.postgresql.util.PGInterval("1 day"));
    ResultSet rows = p.executeQuery();
    rows.next();
    for (int i = 1; i < 9; i++) {
      rows.getObject(i);
    }
    rows.getArray(3).getArray();
    ResultSet others =
        c.createStatement()
            .executeQuery(
                "select row('a', 'b')::address, array['ok']::mood[], '[1,2]'::span, null::positive,"
                    + " array[row('a','b')::address], xmlelement(name a), 'x'::name, 1::money,"
                    + " '1'::bit, point(1, 2)");
    others.next();
    for (int i = 1; i <= others.getMetaData().getColumnCount(); i++) {
      others.getObject(i);
      others.getMetaData().getColumnTypeName(i);
    }
    others.getArray(2).getArray();
    others.getArray(2).getResultSet();
  }

  static void session(Connection c) throws Exception {
    c.getSchema();
    c.setSchema("back_office");
    c.getCatalog();
    c.setClientInfo("ApplicationName", "pgjdbc|session");
    c.setNetworkTimeout(Runnable::run, 1000);
    c.getClientInfo();
    c.unwrap(PGConnection.class).escapeIdentifier("a\"b");
    c.abort(Runnable::run);
  }

  static void xa(Connection c) throws Exception {
    var source = new org.postgresql.xa.PGXADataSource();
    source.setUrl(
        "jdbc:postgresql://%s:%s/%s?sslmode=require&ApplicationName=pgjdbc%%7Ctwo%%20phases"
            .formatted(
                System.getenv("PGHOST"), System.getenv("PGPORT"), System.getenv("PGDATABASE")));
    source.setUser(System.getenv("PGUSER"));
    source.setPassword(System.getenv("PGPASSWORD"));
    var xa = source.getXAConnection();
    xa.getXAResource().recover(javax.transaction.xa.XAResource.TMSTARTRSCAN);
    xa.close();
  }
}
