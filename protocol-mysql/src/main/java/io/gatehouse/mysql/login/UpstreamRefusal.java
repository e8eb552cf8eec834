package io.gatehouse.mysql.login;

import io.gatehouse.mysql.GateErrors;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.upstream.ConnectFailure;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Why there is no session with the server, for those who may know.
 *
 * @param forTheClient what the server says about the held credential is not in it
 * @param forTheLog empty if the client got the server's own words
 */
record UpstreamRefusal(ErrPacket forTheClient, CloseReason reason, Optional<String> forTheLog) {

  /** SQLSTATE class 28: invalid authorization specification. */
  private static final String AUTHORIZATION = "28";

  static UpstreamRefusal of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    ErrPacket said = cause instanceof ConnectFailure known ? known.error() : null;
    if (said != null && said.sqlState() != null && !said.sqlState().startsWith(AUTHORIZATION)) {
      return new UpstreamRefusal(said, CloseReason.UPSTREAM_REFUSED_LOGIN, Optional.empty());
    }
    return new UpstreamRefusal(
        GateErrors.error(
            Refusal.of(Refusal.Kind.UNAVAILABLE, "the gateway cannot reach the database server")
                .withHint("Tell the administrator; the gateway's log has the reason.")),
        said == null ? CloseReason.UPSTREAM_UNREACHABLE : CloseReason.UPSTREAM_REFUSED_LOGIN,
        Optional.of(String.valueOf(cause.getMessage())));
  }
}
