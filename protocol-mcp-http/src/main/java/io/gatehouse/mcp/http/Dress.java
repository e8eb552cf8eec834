package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;

/** What every answer says, and what none says. */
final class Dress {
  /** How a body is delimited is the leg's to say, and who answers is nobody's to know. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-connection",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "x-content-type-options");

  private Dress() {}

  static Headers of(Headers headers) {
    Headers dressed = headers.without(OWN).and("x-content-type-options", "nosniff");
    return dressed.has("cache-control") ? dressed : dressed.and("cache-control", "no-store");
  }

  /** Whether an answer of this status can have a body (RFC 9110, section 6.4.1). */
  static boolean bodied(int status) {
    return status >= 200 && status != 204 && status != 304;
  }

  static void refuse(Leg leg, Refused refused) {
    ByteBuf body = Unpooled.wrappedBuffer(refused.json());
    leg.answer(refused.status(), refused.headers().and("content-type", Place.JSON), body);
  }

  static void preflight(Leg leg, Headers told) {
    leg.answer(204, told, Unpooled.EMPTY_BUFFER);
  }

  static void tell(Leg leg, ProtectedResource resource) {
    ByteBuf body = Unpooled.wrappedBuffer(resource.json());
    leg.answer(200, Headers.of("content-type", Place.JSON), body);
  }
}
