package io.gatehouse.appliance.gated;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Clients of one attack, at the gate or, to see what it would do, at the server. */
final class RawScene implements AutoCloseable {
  private final RealDatabase server;
  private final RawClient.Login login;
  private final Runnable changed;
  private final List<RawClient> clients = new ArrayList<>();
  private boolean touched;

  /**
   * @param changed tells the gate that definitions were changed at the server
   */
  RawScene(RealDatabase server, RawClient.Login login, Runnable changed) {
    this.server = server;
    this.login = login;
    this.changed = changed;
  }

  RawClient client(String... parameters) throws IOException {
    RawClient client = RawClient.connect(login, parameters);
    clients.add(client);
    return client;
  }

  /** Somebody changes the server, without the gate. */
  void meanwhile(String sql) throws SQLException {
    touched = true;
    server.run(sql);
    changed.run();
  }

  /** The server's number of a function. */
  int number(String function) throws SQLException {
    return Integer.parseInt(server.ask("SELECT '" + function + "'::regprocedure::oid"));
  }

  /** Whether {@link #meanwhile} was used. */
  boolean touched() {
    return touched;
  }

  List<RawAnswers> heard() {
    return clients.stream().map(RawClient::heard).toList();
  }

  @Override
  public void close() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }
}
