package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.rpc.RequestId;
import java.util.Optional;

/**
 * What goes to the server.
 *
 * @param id of the request that is to be answered, where it is one
 * @param headers of the client's request
 * @param body none but of a POST
 */
record Ask(Role role, Optional<RequestId> id, Headers headers, Bytes body) {

  /** Without its body, which may be large. */
  Ask sent() {
    return new Ask(role, id, headers, Bytes.NONE);
  }

  /** What it is to the protocol. */
  enum Role {
    /** The request that a session begins with. */
    INITIALIZE("POST"),
    REQUEST("POST"),
    /** A request whose stream goes on until somebody ends it. */
    SUBSCRIPTION("POST"),
    /** A notification; nobody answers it. */
    NOTIFICATION("POST"),
    /** What the server says unasked is to be heard. */
    LISTEN("GET"),
    /** The session is to end. */
    END("DELETE");

    private final String method;

    Role(String method) {
      this.method = method;
    }

    String method() {
      return method;
    }

    /** Whether it is over only when somebody ends it. */
    boolean endless() {
      return this == LISTEN || this == SUBSCRIPTION;
    }
  }
}
