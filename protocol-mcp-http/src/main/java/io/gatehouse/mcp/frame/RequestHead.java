package io.gatehouse.mcp.frame;

import io.gatehouse.mcp.frame.BrokenMessage.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * @param target as it stands in the request line, or in {@code :path}
 */
public record RequestHead(String method, String target, Headers headers) {
  private static final String VERSION = "HTTP/1.1";

  public RequestHead {
    if (!Characters.token(method)) {
      throw BrokenMessage.malformed("the method is no word");
    }
    if (!Characters.visible(target)) {
      throw BrokenMessage.malformed("the target is not visible ASCII");
    }
  }

  /** RFC 9112, section 3. */
  public static RequestHead of(HeadReader.Head head) {
    String[] words = head.startLine().split(" ", -1);
    if (words.length != 3 || !words[2].matches("HTTP/[0-9]\\.[0-9]")) {
      throw BrokenMessage.malformed("the request line is not of three words");
    }
    if (!words[2].equals(VERSION)) {
      throw new BrokenMessage(Fault.VERSION, "only HTTP/1.1 and HTTP/2 by ALPN are spoken here");
    }
    return new RequestHead(words[0], words[1], head.headers());
  }

  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** What stands behind the question mark; empty if nothing does. */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /**
   * @param more writes further fields, whose values are to be in no String
   */
  public void encode(ByteBuf out, Consumer<ByteBuf> more) {
    out.writeCharSequence(
        method + ' ' + target + ' ' + VERSION + "\r\n", StandardCharsets.US_ASCII);
    encode(headers, out);
    more.accept(out);
    ByteBufUtil.writeAscii(out, "\r\n");
  }

  static void encode(Headers headers, ByteBuf out) {
    for (Headers.Field field : headers.fields()) {
      ByteBufUtil.writeAscii(out, field.name());
      ByteBufUtil.writeAscii(out, ": ");
      out.writeCharSequence(field.value(), StandardCharsets.ISO_8859_1);
      ByteBufUtil.writeAscii(out, "\r\n");
    }
  }
}
