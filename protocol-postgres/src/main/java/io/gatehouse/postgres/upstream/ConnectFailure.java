package io.gatehouse.postgres.upstream;

import io.gatehouse.postgres.message.ErrorResponse;
import org.jspecify.annotations.Nullable;

/** Why there is no connection to a server. Holds no secret. */
public final class ConnectFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable ErrorResponse error;

  ConnectFailure(String message) {
    super(message, null, false, false);
    this.error = null;
  }

  /** The server said so itself; only the message, which is for the log, names the held user. */
  ConnectFailure(ErrorResponse error, String heldUser) {
    super("the server refused: " + error.sqlState() + " " + error.message(), null, false, false);
    boolean names = error.fields().values().stream().anyMatch(text -> text.contains(heldUser));
    this.error =
        names
            ? ErrorResponse.of(
                error.severity(), error.sqlState(), "the database server refused the connection")
            : error;
  }

  /** The server does not take the password, or not any more (SQLSTATE 28P01). */
  boolean refusedPassword() {
    return error != null && error.sqlState().equals("28P01");
  }

  /** What the client may see of what the server said, or null if it said nothing. */
  public @Nullable ErrorResponse error() {
    return error;
  }
}
