package io.gatehouse.mysql.upstream;

import io.gatehouse.mysql.message.ErrPacket;
import org.jspecify.annotations.Nullable;

/** Why there is no connection to a server. Holds no secret. */
public final class ConnectFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable ErrPacket error;

  ConnectFailure(String message) {
    super(message, null, false, false);
    this.error = null;
  }

  /** The server said so itself; only the message, which is for the log, names the held user. */
  ConnectFailure(ErrPacket error, String heldUser) {
    super("the server refused: " + error.code() + " " + error.message(), null, false, false);
    this.error =
        error.message().contains(heldUser)
            ? new ErrPacket(
                error.code(), error.sqlState(), "the database server refused the connection")
            : error;
  }

  /** What the client may see of what the server said, or null if it said nothing. */
  public @Nullable ErrPacket error() {
    return error;
  }
}
