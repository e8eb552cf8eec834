package io.gatehouse.mcp.upstream;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.spi.Upstream;
import io.netty.buffer.ByteBuf;

/**
 * A request to a server.
 *
 * @param endpoint where it listens
 * @param authority the {@code Host}: the configured one, or the client's where it is preserved
 * @param head what is asked. Of its headers those cross that are the request's: none of the
 *     client's connection, and no credential of the client's
 * @param body the question's own, until it is asked
 * @param held who the gate is there
 */
public record Question(
    Upstream.Tcp endpoint, String authority, RequestHead head, ByteBuf body, Held held) {

  /** What goes out, without the credential. */
  RequestHead outgoing() {
    Headers headers =
        Headers.of("host", authority)
            .and(Crossing.toServer(head.headers(), held))
            .and("accept-encoding", "identity");
    boolean bodied = body.isReadable() || head.method().equals("POST");
    if (bodied) {
      headers = headers.and("content-length", Integer.toString(body.readableBytes()));
    }
    return new RequestHead(head.method(), head.target(), headers);
  }
}
