package io.gatehouse.appliance.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that two readers could take for different things, and peers that keep a place occupied. */
class HostileRequestsIT {
  private static final int PATIENCE = 60_000;

  @TempDir private static Path folder;
  private static DeskScene scene;

  @BeforeAll
  static void open() throws Exception {
    scene = DeskScene.start(folder, 1, ", desk-request-seconds: 3, desk-connections: 20");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  /** A name, the bytes, and the status of the one answer. */
  record Shape(String name, String bytes, int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n";
  }

  private static String post(String headers, String body) {
    return "POST /v1/credentials HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\n"
        + headers
        + "\r\n"
        + body;
  }

  private static final String KNOWN = "/.well-known/gatehouse";

  static Stream<Shape> shapes() {
    return Stream.of(framing(), lines(), targets(), hosts(), bodies(), authorizations(), surplus())
        .flatMap(List::stream);
  }

  private static List<Shape> framing() {
    return List.of(
        new Shape(
            "content-length and transfer-encoding",
            post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400),
        new Shape(
            "transfer-encoding and content-length",
            post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"),
            400),
        new Shape("chunked", post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400),
        new Shape(
            "chunked with odd spelling",
            post("Transfer-Encoding: \tChunKed\r\n", "0\r\n\r\n"),
            400),
        new Shape(
            "transfer-encoding behind a space",
            post("Transfer-Encoding : chunked\r\nContent-Length: 0\r\n", ""),
            400),
        new Shape("identity", post("Transfer-Encoding: identity\r\n", ""), 400),
        new Shape(
            "two content-lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{} "), 400),
        new Shape(
            "the same content-length twice",
            post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}"),
            400),
        new Shape("content-length as a list", post("Content-Length: 2, 2\r\n", "{}"), 400),
        new Shape("signed content-length", post("Content-Length: +2\r\n", "{}"), 400),
        new Shape("negative content-length", post("Content-Length: -2\r\n", "{}"), 400),
        new Shape("hexadecimal content-length", post("Content-Length: 0x2\r\n", "{}"), 400),
        new Shape(
            "content-length beyond 64 bits",
            post("Content-Length: 18446744073709551618\r\n", "{}"),
            400));
  }

  private static List<Shape> lines() {
    return List.of(
        new Shape("bare LF", "GET " + KNOWN + " HTTP/1.1\nHost: localhost\n\n", 400),
        new Shape(
            "bare LF in a header",
            "GET " + KNOWN + " HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n",
            400),
        new Shape("bare CR in a header", get(KNOWN) + "X: a\rb\r\n\r\n", 400),
        new Shape("NUL in a header", get(KNOWN) + "X: a\0b\r\n\r\n", 400),
        new Shape("header without a name", get(KNOWN) + ": a\r\n\r\n", 400),
        new Shape("header without a colon", get(KNOWN) + "abc\r\n\r\n", 400),
        new Shape("huge headers", get(KNOWN) + "X: " + "a".repeat(50_000) + "\r\n\r\n", 431),
        new Shape("thousands of headers", get(KNOWN) + "X: a\r\n".repeat(20_000) + "\r\n", 431),
        new Shape(
            "huge request line",
            "GET /" + "a".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            400),
        new Shape("HTTP/1.0", "GET " + KNOWN + " HTTP/1.0\r\nHost: localhost\r\n\r\n", 505),
        new Shape("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        new Shape("no version", "GET " + KNOWN + "\r\n\r\n", 400));
  }

  private static List<Shape> targets() {
    return List.of(
        new Shape("absolute form", get("https://localhost" + KNOWN) + "\r\n", 400),
        new Shape(
            "authority form", "CONNECT localhost:5432 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        new Shape("asterisk form", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        new Shape("query", get(KNOWN + "?a=b") + "\r\n", 400),
        new Shape("fragment", get(KNOWN + "#a") + "\r\n", 400),
        new Shape("escapes", get("/%2e%77ell-known/gatehouse") + "\r\n", 400),
        new Shape("dots", get("/v1/../.well-known/gatehouse") + "\r\n", 404),
        new Shape("two slashes", get("/" + KNOWN) + "\r\n", 404),
        new Shape("unknown path", get("/admin") + "\r\n", 404),
        new Shape("HEAD", get(KNOWN).replace("GET", "HEAD") + "\r\n", 405),
        new Shape("TRACE", get(KNOWN).replace("GET", "TRACE") + "\r\n", 405),
        new Shape("lower-case method", get(KNOWN).replace("GET", "get") + "\r\n", 405),
        new Shape("PUT", get("/v1/credentials").replace("GET", "PUT") + "\r\n", 405),
        new Shape(
            "preflight of a browser",
            get("/v1/credentials").replace("GET", "OPTIONS") + "Origin: https://evil\r\n\r\n",
            405));
  }

  private static List<Shape> hosts() {
    String line = "GET " + KNOWN + " HTTP/1.1\r\n";
    return List.of(
        new Shape("no host", line + "\r\n", 400),
        new Shape("two hosts", line + "Host: localhost\r\nHost: localhost\r\n\r\n", 400),
        new Shape("another host", line + "Host: evil.example\r\n\r\n", 400),
        new Shape("host with user", line + "Host: a@localhost\r\n\r\n", 400),
        new Shape("host with a path", line + "Host: localhost/x\r\n\r\n", 400),
        new Shape("host as a suffix", line + "Host: localhost.evil.example\r\n\r\n", 400),
        new Shape("host as an address", line + "Host: 127.0.0.1\r\n\r\n", 400),
        new Shape("folded host", line + "Host: localhost\r\n evil\r\n\r\n", 400));
  }

  private static List<Shape> bodies() {
    return List.of(
        new Shape("body too long by its length", post("Content-Length: 4097\r\n", ""), 413),
        new Shape("body with GET", get(KNOWN) + "Content-Length: 2\r\n\r\n{}", 400),
        new Shape(
            "body of another type",
            "POST /v1/credentials HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 2\r\n\r\n{}",
            415),
        new Shape(
            "body of no type",
            "POST /v1/credentials HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
            415),
        new Shape("expectation", post("Expect: 100-continue\r\nContent-Length: 2\r\n", "{}"), 417));
  }

  private static List<Shape> authorizations() {
    return List.of(
        new Shape("no token", post("Content-Length: 2\r\n", "{}"), 401),
        new Shape(
            "two authorizations",
            post(
                "Authorization: Bearer a\r\nAuthorization: Bearer b\r\nContent-Length: 2\r\n",
                "{}"),
            400),
        new Shape("basic", post("Authorization: Basic YTpi\r\nContent-Length: 2\r\n", "{}"), 401),
        new Shape(
            "folded token",
            post("Authorization: Bearer a\r\n b\r\nContent-Length: 2\r\n", "{}"),
            401),
        new Shape(
            "nonsense token",
            post("Authorization: Bearer a.b.c\r\nContent-Length: 2\r\n", "{}"),
            401),
        new Shape(
            "made-up credential",
            get("/v1/credentials") + "Authorization: Bearer gh-0123456789.abc\r\n\r\n",
            401));
  }

  /** Only the first request is one. */
  private static List<Shape> surplus() {
    return List.of(
        new Shape("pipelined request", (get(KNOWN) + "\r\n").repeat(3), 200),
        new Shape(
            "request hidden behind a body",
            post("Content-Length: 2\r\n", "{}" + get(KNOWN) + "\r\n"),
            401),
        new Shape("upgrade", get(KNOWN) + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 200));
  }

  private static SSLSocket connect(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), scene.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void request_hasOneAnswer_andTheConnectionEnds(Shape shape) throws Exception {
    try (SSLSocket socket = connect(scene.trust())) {
      OutputStream out = socket.getOutputStream();
      out.write(shape.bytes().getBytes(ISO_8859_1));
      out.flush();
      String answer = all(socket);
      assertThat(answer).startsWith("HTTP/1.1 " + shape.status() + " ");
      assertThat(answer.split("HTTP/1\\.1 [0-9]{3} ", -1)).as("answers").hasSize(2);
      assertThat(answer.toLowerCase(java.util.Locale.ROOT))
          .contains("cache-control: no-store", "connection: close")
          .doesNotContain("access-control-allow", "server:");
      if (shape.status() == 401) {
        assertThat(answer).containsIgnoringCase("www-authenticate: Bearer realm=\"gatehouse\"");
      }
    }
  }

  @Test
  void slowRequest_isCutOff_andHeldForNoLonger() throws Exception {
    try (SSLSocket socket = connect(scene.trust())) {
      OutputStream out = socket.getOutputStream();
      out.write((get(KNOWN) + "X: ").getBytes(ISO_8859_1));
      out.flush();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(scene.metrics())
        .containsPattern("gatehouse_limit_reached_total\\{limit=\"desk-request-seconds\"} [1-9]");
  }

  @Test
  void drippingRequest_isCutOffAllTheSame() throws Exception {
    try (SSLSocket socket = connect(scene.trust())) {
      OutputStream out = socket.getOutputStream();
      out.write((get(KNOWN) + "X: ").getBytes(ISO_8859_1));
      await()
          .atMost(Duration.ofMillis(PATIENCE))
          .pollInterval(Duration.ofMillis(100))
          .untilAsserted(
              () ->
                  assertThatThrownBy(
                          () -> {
                            out.write('a');
                            out.flush();
                          })
                      .isInstanceOf(IOException.class));
    }
  }

  @Test
  void handshakeThatNeverBegins_isCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
      socket.setSoTimeout(PATIENCE);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void plainHttp_isNotSpoken() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
      socket.setSoTimeout(PATIENCE);
      socket.getOutputStream().write((get(KNOWN) + "\r\n").getBytes(ISO_8859_1));
      assertThat(all(socket)).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void oldTls_isNotSpoken() throws Exception {
    try (SSLSocket socket = connect(scene.trust())) {
      assertThat(socket.getSupportedProtocols()).contains("TLSv1.1");
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @Test
  void tooManyConnections_areClosed_andPlacesComeBack() throws Exception {
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        held.add(new Socket(InetAddress.getLoopbackAddress(), scene.port()));
      }
      await()
          .atMost(Duration.ofMillis(PATIENCE))
          .until(() -> scene.metrics().matches("(?s).*limit=\"desk-connections\"} [1-9].*"));
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
    await()
        .atMost(Duration.ofMillis(PATIENCE))
        .ignoreExceptions()
        .until(() -> scene.ask(scene.to(KNOWN)).statusCode() == 200);
  }
}
