package io.gatehouse.mcp.upstream;

import java.util.stream.Stream;

/** What servers say that is no answer, or could be read as two. */
final class BrokenAnswers {
  private BrokenAnswers() {}

  static Stream<String> all() {
    String ok = "HTTP/1.1 200 OK\r\n";
    String chunked = ok + "Transfer-Encoding: chunked\r\n";
    return Stream.of(
        "nonsense\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "ICY 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok",
        ok + "Content-Length: 2, 2\r\n\r\nok",
        ok + "Content-Length: -1\r\n\r\nok",
        ok + "Content-Length: 99999999999999999999\r\n\r\nok",
        ok + "\r\nok",
        ok + "Transfer-Encoding: gzip, chunked\r\n\r\n",
        ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        chunked + "\r\nx\r\n",
        chunked + "\r\n2\r\nokx\r\n",
        chunked + "\r\nffffffff\r\n",
        chunked + "\r\n2;" + "a".repeat(600) + "\r\n",
        chunked + "\r\n0\r\n" + "X: y\r\n".repeat(200) + "\r\n",
        ok + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n",
        ok + "X : a\r\nContent-Length: 0\r\n\r\n",
        ok + "X: a\0b\r\nContent-Length: 0\r\n\r\n",
        ok + "X: " + "a".repeat(70_000) + "\r\n\r\n",
        ok + "X: a\r\n".repeat(101) + "\r\n",
        "HTTP/1.1 200 " + "a".repeat(9_000) + "\r\n\r\n",
        ok + "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n".repeat(20));
  }
}
