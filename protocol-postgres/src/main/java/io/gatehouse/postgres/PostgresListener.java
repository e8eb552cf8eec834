package io.gatehouse.postgres;

import io.gatehouse.spi.net.ServerIdentity;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listener for PostgreSQL clients.
 *
 * @param name its name in the configuration
 * @param bind where it listens; port 0 takes a free one
 * @param identity the current certificate, asked for at each handshake; null means no TLS at all
 * @param plaintext whether clients may log in without TLS
 * @param parameters the start-up parameters that clients may set, in lower case; "*" is all of them
 */
public record PostgresListener(
    String name,
    InetSocketAddress bind,
    @Nullable Supplier<ServerIdentity> identity,
    boolean plaintext,
    Set<String> parameters) {

  /** What ordinary drivers send, and nothing that loads code or changes who runs a statement. */
  public static final Set<String> USUAL_PARAMETERS =
      Set.of(
          "application_name",
          "bytea_output",
          "client_encoding",
          "client_min_messages",
          "datestyle",
          "default_transaction_deferrable",
          "default_transaction_isolation",
          "default_transaction_read_only",
          "extra_float_digits",
          "geqo",
          "idle_in_transaction_session_timeout",
          "idle_session_timeout",
          "intervalstyle",
          "jit",
          "lock_timeout",
          "search_path",
          "standard_conforming_strings",
          "statement_timeout",
          "timezone",
          "transaction_timeout");

  public PostgresListener {
    parameters = Set.copyOf(parameters);
    if (identity == null && !plaintext) {
      throw new IllegalArgumentException(
          "listener " + name + " has no certificate and does not allow plain text");
    }
  }
}
