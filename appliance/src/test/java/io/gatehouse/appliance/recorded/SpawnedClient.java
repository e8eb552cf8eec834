package io.gatehouse.appliance.recorded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A client in a process of its own: logs in, says so, and stays until its input ends. */
final class SpawnedClient {
  private SpawnedClient() {}

  /**
   * The password is in PGPASSWORD.
   *
   * @param arguments the URL and the user
   */
  static void main(String[] arguments) throws SQLException, IOException {
    try (Connection _ =
        DriverManager.getConnection(arguments[0], arguments[1], System.getenv("PGPASSWORD"))) {
      System.out.println("in");
      System.in.read();
    }
  }
}
