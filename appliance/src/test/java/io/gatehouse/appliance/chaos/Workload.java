package io.gatehouse.appliance.chaos;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * One client that asks all kinds of things whose answers it can check, connects again when it lost
 * the connection, and takes no other excuse. Runs on a thread of its own.
 */
final class Workload implements Runnable {
  private static final String QUERY_CANCELED = "57014";

  /** admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections. */
  private static final Set<String> LOST = Set.of("57P01", "57P02", "57P03", "53300");

  private final IntSupplier port;
  private final Path authority;
  private final Ledger ledger;
  private final Random random;
  private final CountDownLatch stop = new CountDownLatch(1);

  /** Commands answered as they should be. */
  final AtomicLong answered = new AtomicLong();

  private @Nullable Connection connection;

  Workload(IntSupplier port, Path authority, Ledger ledger, long seed) {
    this.port = port;
    this.authority = authority;
    this.ledger = ledger;
    this.random = new Random(seed);
  }

  static Connection connect(int port, Path authority) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", GateProcess.CALLER);
    properties.setProperty("password", GateProcess.PASSWORD);
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", authority.toString());
    properties.setProperty("connectTimeout", "20");
    properties.setProperty("loginTimeout", "20");
    // Longer than anything that is asked for here: whoever waits longer hangs.
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("cancelSignalTimeout", "10");
    return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/bank", properties);
  }

  void stop() {
    stop.countDown();
  }

  @Override
  public void run() {
    try {
      while (stop.getCount() > 0) {
        try {
          one(connected());
          answered.incrementAndGet();
        } catch (SQLException failure) {
          judge(failure);
          drop();
          // While the gate or the server starts nobody needs to be asked more often than this.
          boolean over = stop.await(20, TimeUnit.MILLISECONDS);
          if (over) {
            break;
          }
        }
      }
    } catch (InterruptedException | IOException | RuntimeException fault) {
      ledger.wrong.add("a client ended in " + fault);
    } finally {
      drop();
    }
  }

  private Connection connected() throws SQLException {
    Connection known = connection;
    if (known == null || random.nextInt(20) == 0) {
      drop();
      known = connect(port.getAsInt(), authority);
      connection = known;
    }
    return known;
  }

  /** A connection that is lost may be closed in any way that does not take for ever. */
  private void drop() {
    try (Connection _ = connection) {
      connection = null;
    } catch (SQLException lost) {
      checkTime(lost);
    }
  }

  private void judge(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    checkTime(failure);
    if (!state.startsWith("08") && !LOST.contains(state)) {
      ledger.wrong.add("an error that nobody caused: " + state + " " + failure);
    }
  }

  private void checkTime(SQLException failure) {
    if (failure.getCause() instanceof SocketTimeoutException) {
      ledger.wrong.add("an answer that never came: " + failure);
    }
  }

  private void one(Connection database) throws SQLException, IOException {
    // A cancel takes a second, so there are few.
    switch (random.nextInt(40)) {
      case 0 -> cancel(database);
      case 1, 2, 3, 4, 5, 6 -> transaction(database);
      case 7, 8, 9, 10, 11 -> rollback(database);
      case 12, 13, 14, 15, 16 -> batch(database);
      case 17, 18, 19, 20, 21 -> copyIn(database);
      case 22, 23, 24, 25, 26 -> copyOut(database);
      default -> select(database);
    }
  }

  private void expect(boolean right, String what) {
    if (!right) {
      ledger.wrong.add(what);
    }
  }

  static String payload(long id) {
    try {
      byte[] text = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void select(Connection database) throws SQLException {
    int number = random.nextInt();
    String text = Long.toString(random.nextLong(), 36).repeat(1 + random.nextInt(200));
    try (PreparedStatement statement =
        database.prepareStatement("select ?::int, ?::text, md5(?), generate_series(1, 20)")) {
      statement.setInt(1, number);
      statement.setString(2, text);
      statement.setString(3, Integer.toString(number));
      try (ResultSet rows = statement.executeQuery()) {
        int count = 0;
        while (rows.next()) {
          count++;
          expect(
              rows.getInt(1) == number
                  && text.equals(rows.getString(2))
                  && payload(number).equals(rows.getString(3))
                  && rows.getInt(4) == count,
              "a row of somebody else's");
        }
        expect(count == 20, "a result of " + count + " rows that should have 20");
      }
    }
  }

  private void insert(Connection database, long first, int rows, boolean batched)
      throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement("insert into ledger values (?, ?)")) {
      for (long id = first; id < first + rows; id++) {
        statement.setLong(1, id);
        statement.setString(2, payload(id));
        if (batched) {
          statement.addBatch();
        } else {
          expect(statement.executeUpdate() == 1, "an insert that says it did not insert");
        }
      }
      if (batched) {
        expect(statement.executeBatch().length == rows, "a batch that is too short");
      }
    }
  }

  /** What failed before the commit was asked for must not be there. */
  private void written(Connection database, int rows, boolean batched) throws SQLException {
    long first = ledger.reserve(rows);
    database.setAutoCommit(false);
    try {
      insert(database, first, rows, batched);
    } catch (SQLException lost) {
      ledger.undone(first, rows);
      throw lost;
    }
    database.commit();
    ledger.committed(first, rows);
    database.setAutoCommit(true);
  }

  private void transaction(Connection database) throws SQLException {
    written(database, 1 + random.nextInt(4), false);
  }

  private void batch(Connection database) throws SQLException {
    written(database, 50, true);
  }

  private void rollback(Connection database) throws SQLException {
    long first = ledger.reserve(3);
    ledger.undone(first, 3);
    database.setAutoCommit(false);
    insert(database, first, 3, true);
    database.rollback();
    database.setAutoCommit(true);
  }

  private void copyIn(Connection database) throws SQLException, IOException {
    int rows = 1 + random.nextInt(500);
    long first = ledger.reserve(rows);
    StringBuilder lines = new StringBuilder();
    for (long id = first; id < first + rows; id++) {
      lines.append(id).append('\t').append(payload(id)).append('\n');
    }
    long copied =
        copying(database).copyIn("copy ledger from stdin", new StringReader(lines.toString()));
    expect(copied == rows, "a copy of " + copied + " rows that should have " + rows);
    ledger.committed(first, rows);
  }

  private static CopyManager copying(Connection database) throws SQLException {
    return database.unwrap(PGConnection.class).getCopyAPI();
  }

  private void copyOut(Connection database) throws SQLException, IOException {
    int rows = 1 + random.nextInt(20_000);
    StringWriter got = new StringWriter();
    copying(database).copyOut("copy (select generate_series(1, " + rows + ")) to stdout", got);
    int expected = 0;
    for (String line : got.toString().split("\n", -1)) {
      expected++;
      if (expected <= rows && !line.equals(Integer.toString(expected))) {
        expect(false, "a copied row " + line + " in the place of " + expected);
        return;
      }
    }
    expect(expected == rows + 1, "a copy out of another length");
  }

  private void cancel(Connection database) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.setQueryTimeout(1);
      statement.execute("select pg_sleep(5)");
      expect(false, "a sleep that was cancelled and slept on");
    } catch (SQLException failure) {
      if (!QUERY_CANCELED.equals(failure.getSQLState())) {
        throw failure;
      }
    }
  }
}
