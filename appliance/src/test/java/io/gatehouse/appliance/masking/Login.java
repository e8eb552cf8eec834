package io.gatehouse.appliance.masking;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a client goes, and who it is.
 *
 * @param password not used where the server trusts it
 * @param parameters of the startup message, beside user and database
 */
public record Login(
    int port, String user, String password, String database, Map<String, String> parameters) {
  public Login {
    parameters = Map.copyOf(parameters);
  }

  /** To a server that trusts it. */
  public static Login trusted(int port, String user, String database) {
    return with(port, user, "", database);
  }

  public static Login with(int port, String user, String password, String database) {
    return new Login(port, user, password, database, Map.of());
  }

  public Login parameter(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new Login(port, user, password, database, more);
  }

  @Override
  public String toString() {
    return user + " at " + port + "/" + database;
  }
}
