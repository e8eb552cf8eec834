package io.gatehouse.appliance.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;

/** A program that is told by its environment where to log in and as whom. */
public final class LoggedIn {
  private static final int EXIT = 42;

  private LoggedIn() {}

  /** Prints its process id and how many rows it sees, and waits for a line. */
  public static void main(String[] arguments) throws Exception {
    Properties login = new Properties();
    login.setProperty("user", System.getenv("PGUSER"));
    login.setProperty("password", System.getenv("PGPASSWORD"));
    login.setProperty("sslmode", System.getenv("PGSSLMODE"));
    login.setProperty("sslrootcert", System.getenv("PGSSLROOTCERT"));
    String url =
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                System.getenv("PGHOST"), System.getenv("PGPORT"), System.getenv("PGDATABASE"));
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      rows.next();
      System.out.println(ProcessHandle.current().pid() + " " + rows.getLong(1));
    }
    System.exit(System.in.read() == '\n' ? EXIT : 1);
  }
}
