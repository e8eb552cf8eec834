package io.gatehouse.mcp.frame;

import io.gatehouse.mcp.frame.BrokenMessage.Fault;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How long a body is (RFC 9112, section 6): said once, in one way. */
public sealed interface Framing {
  Pattern LENGTH = Pattern.compile("[0-9]{1,15}");

  record None() implements Framing {}

  record Fixed(long length) implements Framing {}

  record Chunked() implements Framing {}

  static Framing ofRequest(Headers headers) {
    return headers.has("content-length") || headers.has("transfer-encoding")
        ? said(headers)
        : new None();
  }

  /**
   * An answer that ends where the connection does cannot be told from one that was cut short, so it
   * is refused like one that says two lengths.
   */
  static Framing ofResponse(int status, Headers headers) {
    if (status == 204 || status == 304) {
      if (headers.has("transfer-encoding")) {
        throw BrokenMessage.malformed("an answer without a body has a Transfer-Encoding");
      }
      return new None();
    }
    if (!headers.has("content-length") && !headers.has("transfer-encoding")) {
      throw BrokenMessage.malformed("the answer does not say how long it is");
    }
    return said(headers);
  }

  private static Framing said(Headers headers) {
    List<String> lengths = headers.all("content-length");
    List<String> codings = headers.all("transfer-encoding");
    if (!codings.isEmpty()) {
      return coded(lengths, codings);
    }
    if (lengths.size() != 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
      throw BrokenMessage.malformed("the Content-Length is not one number");
    }
    long length = Long.parseLong(lengths.getFirst());
    return length == 0 ? new None() : new Fixed(length);
  }

  private static Framing coded(List<String> lengths, List<String> codings) {
    if (!lengths.isEmpty()) {
      throw BrokenMessage.malformed("there is a Content-Length beside a Transfer-Encoding");
    }
    if (codings.size() != 1) {
      throw BrokenMessage.malformed("there is more than one Transfer-Encoding");
    }
    if (!codings.getFirst().toLowerCase(Locale.ROOT).equals("chunked")) {
      throw new BrokenMessage(Fault.TRANSFER_CODING, "only chunked is understood");
    }
    return new Chunked();
  }
}
