package io.gatehouse.appliance.recorded;

import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** As many rows as one likes, of a server that stores some thousands. */
public final class MysqlRows {
  /** In each row at least. */
  public static final int BYTES = 240;

  /** What is in each row, before digits. */
  public static final String SECRET = "SECRET-";

  private static final int STORED = 4000;
  private static final int EACH = 1000;

  private MysqlRows() {}

  /** By a way past the gate; statements with values go to the server as they are. */
  public static Connection direct(Flavour flavour) throws SQLException {
    String address =
        "jdbc:%s://localhost:%d/%s?sslMode=%s&useServerPrepStmts=true"
            .formatted(
                flavour.name().toLowerCase(Locale.ROOT),
                RealServer.of(flavour).port(),
                RealServer.DATABASE,
                flavour == Flavour.MYSQL ? "REQUIRED" : "trust");
    return DriverManager.getConnection(address, Held.NATIVE.user(), Held.NATIVE.password());
  }

  /** Makes them; what was there is lost. */
  public static void store(Flavour flavour) throws SQLException {
    String values =
        IntStream.range(0, STORED)
            .mapToObj(i -> "(" + i + ", '" + SECRET + "%09d')".formatted(i))
            .collect(Collectors.joining(", "));
    try (Connection connection = direct(flavour);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS bank.stored");
      statement.execute("CREATE TABLE bank.stored (id INT PRIMARY KEY, pan VARCHAR(16))");
      statement.execute("INSERT INTO bank.stored VALUES " + values);
    }
  }

  /**
   * Asks for them.
   *
   * @param rows thousands, of which there are 4,000
   */
  public static String query(int rows) {
    return "SELECT a.id, b.pan, REPEAT('x', 230) AS filling FROM bank.stored a"
        + " CROSS JOIN bank.stored b WHERE b.id < "
        + EACH
        + " AND a.id < "
        + rows / EACH;
  }
}
