package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.BrokenMessage;
import io.gatehouse.mcp.frame.BrokenMessage.Fault;
import io.gatehouse.mcp.frame.Framing;
import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's head as HTTP/2 writes it, read as HTTP/1.1 would have it (RFC 9113, section 8.3). */
final class Http2Head {
  private Http2Head() {}

  /**
   * @throws BrokenMessage if it is none
   */
  static RequestHead read(Http2Headers headers, Limits limits) {
    String method = said(headers.method());
    String path = said(headers.path());
    if (method.length() + path.length() > limits.of(Limit.HTTP_LINE_BYTES)) {
      throw new BrokenMessage(Fault.START_LINE_TOO_LONG, "the path is too long");
    }
    if (headers.size() > limits.of(Limit.HTTP_HEADERS)) {
      throw new BrokenMessage(Fault.TOO_MANY_HEADERS, "there are too many headers");
    }
    List<Headers.Field> fields = new ArrayList<>();
    CharSequence authority = headers.authority();
    if (authority != null) {
      fields.add(new Headers.Field("host", authority.toString()));
    }
    for (Map.Entry<CharSequence, CharSequence> entry : headers) {
      String name = entry.getKey().toString();
      boolean sameHost = name.equals("host") && entry.getValue().toString().equals(said(authority));
      if (!name.startsWith(":") && !sameHost) {
        fields.add(new Headers.Field(name, entry.getValue().toString()));
      }
    }
    return new RequestHead(method, path, new Headers(fields));
  }

  private static String said(@Nullable CharSequence value) {
    return value == null ? "" : value.toString();
  }

  /**
   * The codec holds the length against the frames.
   *
   * @param ends whether there is no frame of it
   */
  static Framing framing(RequestHead head, boolean ends) {
    if (head.headers().has("transfer-encoding")) {
      throw new BrokenMessage(Fault.MALFORMED, "HTTP/2 has no Transfer-Encoding");
    }
    if (ends) {
      return new Framing.None();
    }
    return head.headers().has("content-length")
        ? Framing.ofRequest(head.headers())
        : new Framing.Chunked();
  }
}
