package io.gatehouse.mcp.frame;

import io.gatehouse.mcp.frame.BrokenMessage.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * @param persistent whether the connection may be used again, as far as the version says
 */
public record ResponseHead(int status, Headers headers, boolean persistent) {
  /** Servers that have no reason to give sometimes leave the space in front of it away, too. */
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/([0-9]\\.[0-9]) ([1-5][0-9]{2})(?: .*)?");

  public ResponseHead(int status, Headers headers) {
    this(status, headers, true);
  }

  /** RFC 9112, section 4. */
  public static ResponseHead of(HeadReader.Head head) {
    Matcher line = STATUS_LINE.matcher(head.startLine());
    if (!line.matches()) {
      throw BrokenMessage.malformed("the status line is none");
    }
    if (!line.group(1).equals("1.1") && !line.group(1).equals("1.0")) {
      throw new BrokenMessage(Fault.VERSION, "the answer is of another version of HTTP");
    }
    boolean persistent =
        line.group(1).equals("1.1") && !head.headers().listed("connection").contains("close");
    return new ResponseHead(Integer.parseInt(line.group(2)), head.headers(), persistent);
  }

  public void encode(ByteBuf out) {
    out.writeCharSequence(
        "HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\n", StandardCharsets.US_ASCII);
    RequestHead.encode(headers, out);
    ByteBufUtil.writeAscii(out, "\r\n");
  }
}
