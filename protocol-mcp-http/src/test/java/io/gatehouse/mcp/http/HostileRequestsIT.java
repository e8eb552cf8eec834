package io.gatehouse.mcp.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.RawClient;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that two readers could take for different things, and requests that nobody may send. */
class HostileRequestsIT {
  private static Front front;

  @BeforeAll
  static void open() {
    front =
        Front.plain(
            Front.PATIENT.with(Limit.HTTP_BODY_BYTES, 1_000),
            exchange ->
                exchange.answer(200, Headers.NONE, Unpooled.copiedBuffer("served", US_ASCII)));
  }

  @AfterAll
  static void close() {
    front.close();
  }

  private enum After {
    KEPT,
    CLOSED
  }

  /** A name, the bytes, the status of the one answer, and what becomes of the connection. */
  record Shape(String name, String bytes, int status, After after) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Shape closed(String name, String bytes, int status) {
    return new Shape(name, bytes, status, After.CLOSED);
  }

  private static Shape kept(String name, String bytes, int status) {
    return new Shape(name, bytes, status, After.KEPT);
  }

  private static final String HOST = "Host: localhost\r\n";
  private static final String BOTH = "Accept: application/json, text/event-stream\r\n";
  private static final String TYPE = "Content-Type: application/json\r\n";

  private static String get(String headers) {
    return "GET /mcp HTTP/1.1\r\n" + HOST + "Accept: text/event-stream\r\n" + headers + "\r\n";
  }

  private static String post(String headers, String body) {
    return "POST /mcp HTTP/1.1\r\n" + HOST + BOTH + TYPE + headers + "\r\n" + body;
  }

  private static String to(String method, String target, String headers) {
    return method + " " + target + " HTTP/1.1\r\n" + HOST + BOTH + headers + "\r\n";
  }

  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  static Stream<Shape> shapes() {
    return Stream.of(
            good(),
            lengths(),
            chunks(),
            lines(),
            targets(),
            hosts(),
            methods(),
            contents(),
            singles(),
            sizes())
        .flatMap(List::stream);
  }

  private static List<Shape> good() {
    return List.of(
        kept("a body", post("Content-Length: 2\r\n", "{}"), 200),
        kept("a chunked body", post(CHUNKED, "2\r\n{}\r\n0\r\n\r\n"), 200),
        kept("a chunk with an extension", post(CHUNKED, "2;a=b\r\n{}\r\n0\r\n\r\n"), 200),
        kept("a port in the Host", get("").replace("localhost", "localhost:8443"), 200),
        kept("an IPv6 Host", get("").replace("localhost", "[::1]:1"), 200),
        kept("an Origin that may ask", get("Origin: https://app.example\r\n"), 200),
        kept("any type accepted", get("").replace("text/event-stream", "*/*"), 200),
        kept(
            "utf-8",
            post("Content-Length: 0\r\n", "").replace("json\r", "json; charset=utf-8\r"),
            200),
        kept("an upgrade to h2c", get("Connection: Upgrade\r\nUpgrade: h2c\r\n"), 200),
        closed("the client's last", get("Connection: close\r\n"), 200));
  }

  private static List<Shape> lengths() {
    return List.of(
        closed(
            "content-length and transfer-encoding",
            post("Content-Length: 4\r\n" + CHUNKED, "0\r\n\r\n"),
            400),
        closed(
            "transfer-encoding and content-length",
            post(CHUNKED + "Content-Length: 4\r\n", "0\r\n\r\n"),
            400),
        closed("two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{} "), 400),
        closed("one length twice", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}"), 400),
        closed("lengths as a list", post("Content-Length: 2, 2\r\n", "{}"), 400),
        closed("signed length", post("Content-Length: +2\r\n", "{}"), 400),
        closed("negative length", post("Content-Length: -2\r\n", "{}"), 400),
        closed("hexadecimal length", post("Content-Length: 0x2\r\n", "{}"), 400),
        closed("empty length", post("Content-Length: \r\n", "{}"), 400),
        closed("length with a space inside", post("Content-Length: 2 2\r\n", "{}"), 400),
        closed("length beyond 64 bits", post("Content-Length: 18446744073709551618\r\n", ""), 400),
        closed("length of other digits", post("Content-Length: \u00b2\r\n", "{}"), 400));
  }

  private static List<Shape> chunks() {
    return List.of(
        closed("two codings", post(CHUNKED + CHUNKED, "0\r\n\r\n"), 400),
        closed("a list of codings", post("Transfer-Encoding: gzip, chunked\r\n", ""), 501),
        closed("identity", post("Transfer-Encoding: identity\r\n", ""), 501),
        closed("coding with a vertical tab", post("Transfer-Encoding: \u000bchunked\r\n", ""), 400),
        closed("coding behind a space", post("Transfer-Encoding : chunked\r\n", ""), 400),
        closed("no chunk size", post(CHUNKED, "\r\n{}"), 400),
        closed("signed chunk size", post(CHUNKED, "+2\r\n{}\r\n0\r\n\r\n"), 400),
        closed("chunk size with 0x", post(CHUNKED, "0x2\r\n{}\r\n0\r\n\r\n"), 400),
        closed("chunk size of 8 digits", post(CHUNKED, "80000000\r\n"), 400),
        closed("chunk line by LF", post(CHUNKED, "2\n{}\r\n0\r\n\r\n"), 400),
        closed("chunk that does not end", post(CHUNKED, "2\r\n{}x\r\n0\r\n\r\n"), 400),
        closed("chunk that ends by LF", post(CHUNKED, "2\r\n{}\n0\r\n\r\n"), 400),
        closed("CR in an extension", post(CHUNKED, "2;a\rb\r\n{}\r\n0\r\n\r\n"), 400),
        closed("a long extension", post(CHUNKED, "2;" + "a".repeat(600)), 400),
        closed(
            "many extensions",
            post(CHUNKED, ("1;" + "a".repeat(500) + "\r\nx\r\n").repeat(40)),
            400),
        closed("a trailer", post(CHUNKED, "2\r\n{}\r\n0\r\nX: y\r\n\r\n"), 400),
        closed("a broken end", post(CHUNKED, "2\r\n{}\r\n0\r\nxyz\r\n"), 400));
  }

  private static List<Shape> lines() {
    return List.of(
        closed("bare LF", "GET /mcp HTTP/1.1\nHost: localhost\n\n", 400),
        closed("LF in a header", "GET /mcp HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400),
        closed("CR in a header", get("X: a\rb\r\n"), 400),
        closed("NUL in a header", get("X: a\0b\r\n"), 400),
        closed("ESC in a header", get("X: a\u001bb\r\n"), 400),
        closed("DEL in a header", get("X: a\u007fb\r\n"), 400),
        closed("header without a name", get(": a\r\n"), 400),
        closed("header without a colon", get("abc\r\n"), 400),
        closed("space before the colon", get("X : a\r\n"), 400),
        closed("space in a name", get("X Y: a\r\n"), 400),
        closed("a name that is not ASCII", get("X\u00e4: a\r\n"), 400),
        closed("obs-fold by a space", get("X: a\r\n b\r\n"), 400),
        closed("obs-fold by a tab", get("X: a\r\n\tb\r\n"), 400),
        closed("first header indented", "GET /mcp HTTP/1.1\r\n Host: localhost\r\n\r\n", 400),
        closed("an empty line first", "\r\n" + get(""), 400),
        closed("two spaces", "GET  /mcp HTTP/1.1\r\n" + HOST + "\r\n", 400),
        closed("a tab as space", "GET\t/mcp\tHTTP/1.1\r\n" + HOST + "\r\n", 400),
        closed("a space behind", "GET /mcp HTTP/1.1 \r\n" + HOST + "\r\n", 400),
        closed("no version", "GET /mcp\r\n\r\n", 400),
        closed("a version in lower case", "GET /mcp http/1.1\r\n" + HOST + "\r\n", 400),
        closed("HTTP/1.0", "GET /mcp HTTP/1.0\r\n" + HOST + "\r\n", 505),
        closed("HTTP/1.2", "GET /mcp HTTP/1.2\r\n" + HOST + "\r\n", 505),
        closed("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        closed("a method that is no word", "G(T /mcp HTTP/1.1\r\n" + HOST + "\r\n", 400),
        closed("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n", 400));
  }

  private static List<Shape> targets() {
    return List.of(
        kept("absolute form", to("GET", "https://localhost/mcp", ""), 400),
        kept("absolute form of another", to("GET", "http://example.com/mcp", ""), 400),
        kept("authority form", to("CONNECT", "localhost:443", ""), 400),
        kept("asterisk form", to("OPTIONS", "*", ""), 400),
        kept("two slashes", to("GET", "//mcp", ""), 404),
        kept("fragment", to("GET", "/mcp#a", ""), 400),
        kept("escapes", to("GET", "/%6dcp", ""), 400),
        kept("backslash", to("GET", "/a\\..\\mcp", ""), 400),
        kept("dots", to("GET", "/a/../mcp", ""), 404),
        kept("unknown path", to("GET", "/admin", ""), 404),
        kept("a path in other letters", to("GET", "/MCP", ""), 404),
        kept("a token in the query", to("GET", "/mcp?access_token=x", ""), 400),
        kept("a token behind in the query", to("GET", "/mcp?a=b&access_token=x", ""), 400),
        closed("a target that is not ASCII", to("GET", "/mcp\u00e4", ""), 400));
  }

  private static List<Shape> hosts() {
    return List.of(
        kept("no Host", "GET /mcp HTTP/1.1\r\n\r\n", 400),
        kept("two Hosts", get("Host: localhost\r\n"), 400),
        kept("another Host", get("").replace("localhost", "evil.example"), 403),
        kept("a Host that ends alike", get("").replace("localhost", "evil-localhost"), 403),
        kept("a Host with a dot behind", get("").replace("localhost", "localhost."), 403),
        kept("an empty Host", get("").replace("localhost", ""), 400),
        kept("a user in the Host", get("").replace("localhost", "localhost@evil"), 400),
        kept("a path in the Host", get("").replace("localhost", "localhost/x"), 400),
        kept("a list of Hosts", get("").replace("localhost", "localhost, evil"), 400),
        kept("another Origin", get("Origin: https://evil.example\r\n"), 403),
        kept("the null Origin", get("Origin: null\r\n"), 403),
        kept("an Origin by http", get("Origin: http://app.example\r\n"), 403),
        kept("an Origin that begins alike", get("Origin: https://app.example.evil\r\n"), 403));
  }

  private static List<Shape> methods() {
    return List.of(
        kept("HEAD", to("HEAD", "/mcp", ""), 405),
        kept("PUT", to("PUT", "/mcp", ""), 405),
        kept("TRACE", to("TRACE", "/mcp", ""), 405),
        kept("CONNECT", to("CONNECT", "/mcp", ""), 405),
        kept("get", to("get", "/mcp", ""), 405),
        kept("an unknown one", to("BREW", "/mcp", ""), 405),
        closed("PUT with a body", to("PUT", "/mcp", "Content-Length: 4\r\n") + "abcd", 405),
        kept("POST to the metadata", to("POST", "/.well-known/oauth-protected-resource", ""), 405));
  }

  private static List<Shape> contents() {
    return List.of(
        kept("no type", to("POST", "/mcp", ""), 415),
        closed(
            "another type",
            to("POST", "/mcp", "Content-Type: text/plain\r\nContent-Length: 1\r\n") + "x",
            415),
        kept(
            "a form",
            to("POST", "/mcp", "Content-Type: application/x-www-form-urlencoded\r\n"),
            415),
        kept(
            "another charset",
            to("POST", "/mcp", "Content-Type: application/json; charset=utf-16\r\n"),
            415),
        kept("a longer type", to("POST", "/mcp", "Content-Type: application/jsonp\r\n"), 415),
        kept("an encoded body", post("Content-Encoding: gzip\r\n", ""), 415),
        kept(
            "GET that accepts JSON only",
            get("").replace("text/event-stream", "application/json"),
            406),
        kept("POST that accepts JSON only", post("", "").replace(", text/event-stream", ""), 406),
        kept("POST that accepts events only", post("", "").replace("application/json, ", ""), 406),
        kept(
            "an Accept of quality zero",
            post("", "").replace("event-stream", "event-stream;q=0"),
            406),
        kept("no Accept", "GET /mcp HTTP/1.1\r\n" + HOST + "\r\n", 406),
        kept("another expectation", post("Expect: 200-maybe\r\n", ""), 417),
        closed("GET with a body", get("Content-Length: 2\r\n") + "{}", 400),
        closed("DELETE with a body", to("DELETE", "/mcp", CHUNKED) + "0\r\n\r\n", 400));
  }

  private static List<Shape> singles() {
    return List.of(
        kept(
            "two Authorizations",
            get("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"),
            400),
        kept("two sessions", get("Mcp-Session-Id: a\r\nMcp-Session-Id: b\r\n"), 400),
        kept("two versions", get("MCP-Protocol-Version: a\r\nmcp-protocol-version: b\r\n"), 400),
        kept("two methods", get("Mcp-Method: a\r\nMcp-Method: a\r\n"), 400),
        kept("two names", get("Mcp-Name: a\r\nMcp-Name: b\r\n"), 400),
        kept("two types", post(TYPE, ""), 400),
        kept(
            "two origins",
            get("Origin: https://app.example\r\nOrigin: https://app.example\r\n"),
            400));
  }

  private static List<Shape> sizes() {
    return List.of(
        closed("a long line", "GET /" + "a".repeat(9_000), 414),
        closed("long headers", get("X: " + "a".repeat(70_000) + "\r\n"), 431),
        closed("long headers, many", get(("X: " + "a".repeat(7_000) + "\r\n").repeat(11)), 431),
        closed("many headers", get("X: a\r\n".repeat(101)), 431),
        closed("a length beyond the limit", post("Content-Length: 1001\r\n", ""), 413),
        closed("a huge length", post("Content-Length: 999999999999999\r\n", ""), 413),
        closed(
            "a huge length and an expectation",
            post("Content-Length: 9999\r\nExpect: 100-continue\r\n", ""),
            413),
        closed(
            "chunks beyond the limit",
            post(CHUNKED, ("64\r\n" + "a".repeat(100) + "\r\n").repeat(11)),
            413),
        closed(
            "one chunk beyond the limit", post(CHUNKED, "fffffff\r\n" + "a".repeat(1_100)), 413));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void one_answer_and_the_connection_is_as_it_should_be(Shape shape) throws IOException {
    try (RawClient client = RawClient.plain(front.port())) {
      client.send(shape.bytes());
      RawClient.Answer answer = client.answer();
      assertThat(answer).isNotNull();
      assertThat(answer.status()).isEqualTo(shape.status());
      assertThat(answer.head()).contains("x-content-type-options: nosniff", "no-store");
      assertThat(answer.head()).doesNotContain("\r\nserver:");
      if (shape.status() != 200) {
        assertThat(answer.body()).startsWith("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":");
      }
      switch (shape.after()) {
        case KEPT -> {
          assertThat(answer.head()).doesNotContain("connection: close");
          RawClient.Answer next = client.send(get("")).answer();
          assertThat(next).isNotNull();
          assertThat(next.body()).isEqualTo("served");
        }
        case CLOSED -> {
          assertThat(answer.head()).contains("connection: close");
          assertThat(client.ends()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void what_hides_behind_it_is_not_served_where_the_connection_ends(Shape shape)
      throws IOException {
    if (shape.after() == After.KEPT) {
      return;
    }
    try (RawClient client = RawClient.plain(front.port())) {
      client.send(shape.bytes() + get("X: smuggled\r\n"));
      RawClient.Answer answer = client.answer();
      assertThat(answer).isNotNull();
      assertThat(answer.status()).isEqualTo(shape.status());
      assertThat(client.ends()).isTrue();
    }
  }
}
