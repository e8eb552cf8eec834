package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.fixture.Json.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.fixture.McpFixture;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.McpClient.Answer;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are none, or mean two things: each with its one answer, and none goes further. */
class HostileMessagesIT {
  private static final int PARSE = -32_700;
  private static final int INVALID = -32_600;
  private static final int NO_METHOD = -32_601;
  private static final int PARAMS = -32_602;
  private static final int MISMATCH = -32_020;
  private static final int VERSION = -32_022;

  private static McpFixture fixture;
  private static Gateway gateway;
  private static McpClient client;

  @BeforeAll
  static void begin() throws Exception {
    fixture = new McpFixture();
    gateway = Gateway.to(fixture.uri());
    client = new McpClient(gateway.uri(), "good");
    client.initialize();
  }

  @AfterAll
  static void end() {
    client.close();
    gateway.close();
    fixture.close();
  }

  private static Arguments row(String message, int status, int code) {
    return Arguments.of(message, status, code);
  }

  /** A call with these params. */
  private static String call(String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + params + "}";
  }

  private static String id(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}";
  }

  private static final String ECHO = call("{\"name\":\"echo\",\"arguments\":{\"message\":\"x\"}}");

  static Stream<Arguments> texts() {
    return Stream.of(
        row("", 400, PARSE),
        row("nothing", 400, PARSE),
        row("null", 400, INVALID),
        row("\"text\"", 400, INVALID),
        row("\uFEFF" + ECHO, 400, PARSE),
        row(ECHO + ECHO, 400, PARSE),
        row(ECHO + "\n]", 400, PARSE),
        row(ECHO.replace(":1,", ":1,,"), 400, PARSE),
        row(ECHO.replace(":1,", ":01,"), 400, PARSE),
        row(ECHO.replace(":1,", ":NaN,"), 400, PARSE),
        row(ECHO.replace("\"x\"", "1e999"), 400, INVALID),
        row(ECHO.replace("\"x\"", "1" + "0".repeat(100)), 400, INVALID),
        row(ECHO.replace("\"x\"", "\"\\ud800\""), 400, PARSE),
        row(ECHO.replace("\"x\"", "\"\\q\""), 400, PARSE),
        row(ECHO.replace("\"x\"", "\"a\nb\""), 400, PARSE),
        row(ECHO.replace("\"x\"", "[".repeat(70) + "]".repeat(70)), 400, INVALID),
        row(ECHO.replace("\"x\"", "[" + "0,".repeat(300_000) + "0]"), 400, INVALID));
  }

  static Stream<Arguments> params() {
    return Stream.of(
        row(call("{\"name\":\"echo\",\"name\":\"big\"}"), 400, PARSE),
        row(call("{\"name\":\"echo\",\"n\\u0061me\":\"big\"}"), 400, PARSE),
        row(call("{\"name\":\"echo\",\"Name\":\"big\"}"), 400, PARAMS),
        row(call("{\"name\":\"echo\",\"ARGUMENTS\":{}}"), 400, PARAMS),
        row(call("{\"name\":\"echo\",\"arguments\":{},\"Arguments\":{}}"), 400, PARAMS),
        row(call("{\"name\":\"echo\",\"arguments\":[]}"), 400, PARAMS),
        row(call("{\"name\":\"echo\",\"arguments\":null}"), 400, PARAMS),
        row(call("{\"name\":7}"), 400, PARAMS),
        row(call("{\"name\":null}"), 400, PARAMS),
        row(call("{}"), 400, PARAMS),
        row(call("{\"name\":\"echo\",\"_meta\":[]}"), 400, PARAMS),
        row(call("[]"), 400, INVALID),
        row(call("\"echo\""), 400, INVALID));
  }

  static Stream<Arguments> envelopes() {
    return Stream.of(
        row(ECHO.replace("\"params\"", "\"Params\""), 400, INVALID),
        row(ECHO.replace("\"method\"", "\"METHOD\""), 400, INVALID),
        row(ECHO.replace("{\"jsonrpc\"", "{\"extra\":1,\"jsonrpc\""), 400, INVALID),
        row(ECHO.replace("2.0", "1.0"), 400, INVALID),
        row(ECHO.replace("\"2.0\"", "2.0"), 400, INVALID),
        row(ECHO.replace("\"jsonrpc\":\"2.0\",", ""), 400, INVALID),
        row(ECHO.replace("tools/call", ""), 400, INVALID),
        row(ECHO.replace("tools/call", "x".repeat(300)), 400, INVALID),
        row(ECHO.replace("tools/call", "Tools/Call"), 404, NO_METHOD),
        row(ECHO.replace("tools/call", "tools/call "), 404, NO_METHOD),
        row(ECHO.replace("tools/call", "tools/delete"), 404, NO_METHOD),
        row(ECHO.replace("tools/call", "sampling/createMessage"), 404, NO_METHOD),
        row(ECHO.replace("tools/call", "tasks/result"), 404, NO_METHOD),
        row(ECHO.replace("tools/call", "server/discover"), 404, NO_METHOD),
        row(ECHO.replace("tools/call", "notifications/initialized"), 404, NO_METHOD),
        row(id("null"), 400, INVALID),
        row(id("1.5"), 400, INVALID),
        row(id("1e3"), 400, INVALID),
        row(id("-0"), 400, INVALID),
        row(id("9007199254740992"), 400, INVALID),
        row(id("{}"), 400, INVALID),
        row(id("true"), 400, INVALID),
        row(id("\"" + "x".repeat(2_000) + "\""), 400, INVALID),
        row("[]", 400, INVALID),
        row("[" + ECHO + "]", 400, INVALID),
        row("[" + ECHO + "," + ECHO + "]", 400, INVALID),
        row("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/evil\"}", 404, NO_METHOD),
        row("{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"}", 404, NO_METHOD),
        row("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", 400, INVALID),
        row("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}", 400, INVALID),
        row("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"method\":\"ping\"}", 400, INVALID),
        row("{\"jsonrpc\":\"2.0\",\"id\":1}", 400, INVALID),
        row("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1}}", 400, INVALID));
  }

  private static void isAnswered(HttpRequest.Builder request, int status, int code)
      throws Exception {
    int submitted = gateway.gate().submitted.size();
    int received = fixture.received().size();
    Answer answer = client.send(request);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(member(answer.last(), "error", "code")).isEqualTo(new BigDecimal(code));
    assertThat(gateway.gate().submitted).hasSize(submitted);
    assertThat(fixture.received()).hasSize(received);
  }

  private static HttpRequest.Builder inSession(byte[] message) {
    return client
        .post(message)
        .header("MCP-Protocol-Version", McpFixture.LEGACY)
        .header("Mcp-Session-Id", client.session());
  }

  @ParameterizedTest
  @MethodSource({"texts", "params", "envelopes"})
  void inASession(String message, int status, int code) throws Exception {
    isAnswered(inSession(message.getBytes(StandardCharsets.UTF_8)), status, code);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFF, 0xC0, 0x80, 0xED})
  void textThatIsNoUtf8(int what) throws Exception {
    byte[] message =
        call("{\"name\":\"ec?o\"}").replace('?', (char) what).getBytes(StandardCharsets.ISO_8859_1);
    isAnswered(inSession(message), 400, PARSE);
  }

  private static byte[] ping() {
    return id("1").getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> sessions() {
    return Stream.of(
        Arguments.of("", 400),
        Arguments.of("nobody", 404),
        Arguments.of("../../etc", 404),
        Arguments.of(client.session().toLowerCase(java.util.Locale.ROOT), 404),
        Arguments.of(client.session() + "A", 404));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void sessionThatIsNone(String session, int status) throws Exception {
    HttpRequest.Builder request =
        client.post(ping()).header("MCP-Protocol-Version", McpFixture.LEGACY);
    if (!session.isEmpty()) {
      request.header("Mcp-Session-Id", session);
    }
    isAnswered(request, status, status == 404 ? NO_METHOD : INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-2", "1", "2099-01-01", "2025-11-25,2025-06-18"})
  void revisionThatIsNone(String version) throws Exception {
    HttpRequest.Builder request =
        client
            .post(ping())
            .header("MCP-Protocol-Version", version)
            .header("Mcp-Session-Id", client.session());
    isAnswered(request, 400, INVALID);
  }

  private static String modern(String version, String more) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\""
        + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
        + version
        + "\",\"io.modelcontextprotocol/clientCapabilities\":{}"
        + more
        + "}}}";
  }

  static Stream<Arguments> newer() {
    String good = modern(McpFixture.MODERN, "");
    String method = "tools/call";
    return Stream.of(
        Arguments.of(good, McpFixture.MODERN, method, "big", MISMATCH, 400),
        Arguments.of(good, McpFixture.MODERN, method, "Echo", MISMATCH, 400),
        Arguments.of(good, McpFixture.MODERN, method, "", MISMATCH, 400),
        Arguments.of(good, McpFixture.MODERN, method, "=?base64?YmlnCg==?=", MISMATCH, 400),
        Arguments.of(good, McpFixture.MODERN, method, "=?base64?!!?=", MISMATCH, 400),
        Arguments.of(good, McpFixture.MODERN, "tools/list", "echo", MISMATCH, 400),
        Arguments.of(good, McpFixture.MODERN, "TOOLS/CALL", "echo", MISMATCH, 400),
        Arguments.of(good, McpFixture.MODERN, "", "echo", MISMATCH, 400),
        Arguments.of(good, McpFixture.LEGACY, method, "echo", MISMATCH, 400),
        Arguments.of(good, "", method, "echo", MISMATCH, 400),
        Arguments.of(modern("2099-01-01", ""), "2099-01-01", method, "echo", VERSION, 400),
        Arguments.of(modern("2099-01-01", ""), McpFixture.MODERN, method, "echo", MISMATCH, 400),
        Arguments.of(call("{\"name\":\"echo\"}"), McpFixture.MODERN, method, "echo", PARAMS, 400));
  }

  static Stream<Arguments> newerInside() {
    String good = modern(McpFixture.MODERN, "");
    String method = "tools/call";
    return Stream.of(
        Arguments.of(
            call("{\"name\":\"echo\",\"_meta\":{}}"),
            McpFixture.MODERN,
            method,
            "echo",
            PARAMS,
            400),
        Arguments.of(
            modern(McpFixture.MODERN, ",\"progressToken\":{}"),
            McpFixture.MODERN,
            method,
            "echo",
            PARAMS,
            400),
        Arguments.of(
            modern(McpFixture.MODERN, ",\"PROGRESSTOKEN\":1"),
            McpFixture.MODERN,
            method,
            "echo",
            PARAMS,
            400),
        Arguments.of(
            good.replace("tools/call", "initialize"),
            McpFixture.MODERN,
            "initialize",
            "",
            NO_METHOD,
            404),
        Arguments.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
            McpFixture.MODERN,
            "",
            "",
            INVALID,
            400),
        Arguments.of(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}",
            McpFixture.MODERN,
            "notifications/progress",
            "",
            MISMATCH,
            400),
        Arguments.of("[" + good + "]", McpFixture.MODERN, method, "echo", INVALID, 400));
  }

  @ParameterizedTest
  @MethodSource({"newer", "newerInside"})
  void withoutASession(
      String message, String version, String method, String name, int code, int status)
      throws Exception {
    HttpRequest.Builder request = client.post(message.getBytes(StandardCharsets.UTF_8));
    if (!version.isEmpty()) {
      request.header("MCP-Protocol-Version", version);
    }
    if (!method.isEmpty()) {
      request.header("Mcp-Method", method);
    }
    if (!name.isEmpty()) {
      request.header("Mcp-Name", name);
    }
    isAnswered(request, status, code);
  }
}
