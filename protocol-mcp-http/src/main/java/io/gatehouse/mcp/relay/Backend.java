package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.mcp.upstream.Held;
import io.gatehouse.mcp.upstream.Question;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.netty.buffer.Unpooled;
import java.util.Set;

/**
 * The server of a conversation: where it is, who the gate is there, and what it calls its session.
 * On the conversation's event loop.
 */
final class Backend {
  private static final String SESSION = "mcp-session-id";

  /** What of a request's headers is the server's to know; all else stays here. */
  private static final Set<String> CROSSING =
      Set.of("accept", "content-type", "mcp-protocol-version", "traceparent", "tracestate");

  private final Upstream upstream;
  private final Upstream.Tcp endpoint;
  private String session = "";

  /**
   * @throws IllegalArgumentException if it cannot be one that speaks HTTP, or its credential none
   */
  Backend(Upstream upstream) {
    if (!(upstream.endpoint() instanceof Upstream.Tcp tcp)) {
      throw new IllegalArgumentException("a server over HTTP is reached by TCP");
    }
    this.upstream = upstream;
    endpoint = tcp;
    held(upstream.credential());
  }

  /** Who the gate was there when the conversation began; it knows what takes its place. */
  Credential credential() {
    return upstream.credential();
  }

  private static Held held(Credential credential) {
    if (credential.user().isEmpty() || credential.password() == null) {
      return new Held.Nobody();
    }
    return credential.user().equals("authorization")
        ? new Held.Bearer(credential.password())
        : new Held.Named(credential.user(), credential.password());
  }

  String account() {
    return upstream.credential().user();
  }

  /** What the server calls its session; empty if it has none. */
  String session() {
    return session;
  }

  void session(String given) {
    session = given;
  }

  /**
   * @param shown who the gate is there now
   * @param headers that cross, and those of the gate's own
   */
  Question question(Credential shown, String method, Headers headers, Bytes body) {
    Headers all = session.isEmpty() ? headers : headers.and(SESSION, session);
    return new Question(
        endpoint,
        authority(),
        new RequestHead(method, upstream.database(), all),
        Unpooled.wrappedBuffer(body.array()),
        held(shown));
  }

  /** The older era knows no other headers of the protocol's, so nobody compared them. */
  static Headers crossing(Headers asked, boolean modern) {
    return new Headers(
        asked.fields().stream()
            .filter(
                field ->
                    CROSSING.contains(field.name())
                        || (modern
                            && field.name().startsWith("mcp-")
                            && !field.name().equals(SESSION)))
            .toList());
  }

  private String authority() {
    boolean usual = endpoint.port() == (endpoint.tls() == null ? 80 : 443);
    String host = endpoint.host().indexOf(':') >= 0 ? "[" + endpoint.host() + "]" : endpoint.host();
    return usual ? host : host + ":" + endpoint.port();
  }
}
