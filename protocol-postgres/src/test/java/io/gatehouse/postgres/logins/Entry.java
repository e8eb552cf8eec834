package io.gatehouse.postgres.logins;

import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.testing.Answers;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/** One gate whose way to a server each test chooses, and what came of it on both sides. */
final class Entry implements AutoCloseable {
  private final Gateway gateway;

  Entry() {
    gateway = Gateway.passing();
  }

  /** What a client of the gate reads from AuthenticationOk to ReadyForQuery, or its error. */
  List<String> clientSees(Upstream upstream) {
    gateway.gate.route(upstream);
    try (RawConnection connection = new RawConnection(gateway.port())) {
      Gateway.prove(connection, "alice", 0);
      return Answers.lines(
          connection.readUntil(
              message ->
                  switch (message) {
                    case io.gatehouse.postgres.message.ErrorResponse _,
                        io.gatehouse.postgres.message.ReadyForQuery _ ->
                        true;
                    default -> false;
                  }));
    }
  }

  /** What one statement gives that a client runs through the gate. */
  List<String> ask(Upstream upstream, String sql) {
    gateway.gate.route(upstream);
    try (RawConnection connection = gateway.connect()) {
      return Answers.ask(connection, new Query(sql));
    }
  }

  /** Why the gate's own connection does not come about, as the log has it. */
  String reason(Upstream upstream) {
    try {
      gateway
          .protocol
          .run(upstream, new Statement("select 1", 1, Duration.ofSeconds(20)))
          .toCompletableFuture()
          .join();
      return "connected";
    } catch (CompletionException e) {
      return String.valueOf(java.util.Objects.requireNonNullElse(e.getCause(), e).getMessage());
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
