package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.Plans;
import io.gatehouse.mcp.testing.RawClient;
import io.gatehouse.mcp.testing.RawClient.Answer;
import io.gatehouse.mcp.testing.ScriptedGate.Told;
import io.gatehouse.mcp.testing.ScriptedServer;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that say what nobody can decide about: nothing of it reaches the client. */
class HostileServersIT {
  private static final String MARK = "S3CRET";

  private static final Decision LOOKED_AT = Plans.shaped(_ -> ContentShape.PASS);

  private static String request(String method) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
            + method
            + "\",\"params\":{\"name\":\"t\",\"_meta\":{"
            + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer good\r\n"
        + "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
        + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: "
        + method
        + "\r\nMcp-Name: t\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String said(String status, String headers, String body) {
    int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + headers
        + "Content-Length: "
        + length
        + "\r\n\r\n"
        + body;
  }

  private static Arguments json(String body) {
    return Arguments.of(said("200 OK", "Content-Type: application/json\r\n", body), 502);
  }

  private static Arguments events(String body) {
    return Arguments.of(said("200 OK", "Content-Type: text/event-stream\r\n", body), 200);
  }

  private static String result(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"text\":\"" + MARK + "\"}}";
  }

  /** That does not say of what, but for what the id says. */
  private static String error(String id) {
    return "{\"jsonrpc\":\"2.0\","
        + id
        + "\"error\":{\"code\":-32600,\"message\":\""
        + MARK
        + "\"}}";
  }

  static Stream<Arguments> answers() {
    String good = result("7");
    return Stream.of(
        json(result("8")),
        json(result("\"7\"")),
        json(result("7.0")),
        json(result("null")),
        json(good + good),
        json("[" + good + "]"),
        json(good.substring(0, good.length() - 1)),
        json(good.replace("\"id\":7", "\"id\":8,\"id\":7")),
        json(good.replace("{\"text\"", "{\"text\":1,\"text\"")),
        json(good.replace("}}", "},\"error\":{\"code\":1,\"message\":\"x\"}}")),
        json(good.replace("\"id\"", "\"extra\":1,\"id\"")),
        json(good.replace(MARK, MARK + "\u00ff")),
        json(good.replace(MARK, MARK + "\\ud800")),
        json(
            good.replace(
                "{\"text\"", "{\"deep\":" + "[".repeat(90) + "]".repeat(90) + ",\"text\"")),
        json(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\","
                + "\"params\":{\"text\":\""
                + MARK
                + "\"}}"),
        json(error("")),
        json(error("\"id\":null,")),
        json("<html>" + MARK + "</html>"),
        json(""));
  }

  static Stream<Arguments> answersOfHttp() {
    String good = result("7");
    return Stream.of(
        Arguments.of(said("200 OK", "Content-Type: text/html\r\n", MARK), 502),
        Arguments.of(said("200 OK", "", MARK), 502),
        Arguments.of(said("401 Unauthorized", "WWW-Authenticate: " + MARK + "\r\n", MARK), 502),
        Arguments.of(said("403 Forbidden", "Content-Type: application/json\r\n", good), 502),
        Arguments.of(said("302 Found", "Location: http://" + MARK + "/\r\n", MARK), 302),
        Arguments.of(said("500 Internal", "Content-Type: text/plain\r\n", MARK), 500),
        Arguments.of(said("429 Slow", "X-Words: " + MARK + "\r\n", MARK), 429),
        Arguments.of(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"
                + good,
            502),
        Arguments.of("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + good, 502),
        Arguments.of(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: "
                + good.length()
                + "\r\n\r\n"
                + good,
            502));
  }

  static Stream<Arguments> streams() {
    String good = result("7");
    return Stream.of(
        events("data: " + result("8") + "\n\n"),
        events("data: " + error("") + "\n\n"),
        events("data: [" + good + "]\n\n"),
        events("data: " + good.substring(1) + "\n\n"),
        events("data: " + good + "\n"),
        events("data: " + good.replace(MARK, MARK + "\u00ff") + "\n\n"),
        events("data: " + good.replace("\"id\":7", "\"id\":7,\"id\":7") + "\n\n"),
        events(": " + MARK + "\n\n"),
        events("x-field: " + MARK + "\nid: 1\n\n"),
        events("event: evil\ndata: " + good + "\n\n"),
        events(
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/evil\",\"params\":{\"t\":\""
                + MARK
                + "\"}}\n\n"),
        events(
            "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\","
                + "\"params\":{\"t\":\""
                + MARK
                + "\"}}\n\n"));
  }

  @ParameterizedTest
  @MethodSource({"answers", "answersOfHttp", "streams"})
  void nothingOfItReachesTheClient(String answer, int status) throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(answer, false);
        Gateway gateway = before(server);
        RawClient client = RawClient.plain(gateway.uri().getPort())) {
      gateway.gate().script((_, _, _) -> LOOKED_AT);
      client.send(request("tools/call"));
      String head = head(client);
      assertThat(head).startsWith("http/1.1 " + status).doesNotContainIgnoringCase(MARK);
      assertThat(client.rest(head)).doesNotContainIgnoringCase(MARK);
      await().until(() -> !gateway.gate().outcomes.isEmpty());
      assertThat(gateway.gate().outcomes.getFirst().kind()).isNotEqualTo(OutcomeKind.SUCCEEDED);
    }
  }

  /** As servers answer what they could not read. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\"id\":null,"})
  void errorWithoutAnId_isTheAnswer_whereHttpSaysSo(String id) throws Exception {
    String answer = said("400 Bad", "Content-Type: application/json\r\n", error(id));
    try (ScriptedServer server = ScriptedServer.saying(answer, true);
        Gateway gateway = before(server);
        RawClient client = RawClient.plain(gateway.uri().getPort())) {
      Answer told = client.send(request("tools/call")).answer();
      assertThat(told).isNotNull();
      assertThat(told.status()).isEqualTo(400);
      assertThat(told.body()).contains(MARK);
    }
  }

  private static String head(RawClient client) throws IOException {
    String head = client.head();
    assertThat(head).isNotNull();
    return head;
  }

  private static Gateway before(ScriptedServer server) {
    return Gateway.to(URI.create("http://127.0.0.1:" + server.port() + "/mcp"));
  }

  @Test
  void whatIsIgnoredInAnEvent_staysHere() throws Exception {
    String body =
        ": " + MARK + "\nx: " + MARK + "\nid: 1\ndata: " + result("7").replace(MARK, "ok");
    try (ScriptedServer server =
            ScriptedServer.saying(
                said("200 OK", "Content-Type: text/event-stream\r\n", body + "\n\n"), true);
        Gateway gateway = before(server);
        RawClient client = RawClient.plain(gateway.uri().getPort())) {
      Answer answer = client.send(request("tools/call")).answer();
      assertThat(answer).isNotNull();
      assertThat(answer.body()).contains("\"ok\"").doesNotContain(MARK, "id: 1");
    }
  }

  @Test
  void listing_whoseItemsCannotBeToldApart_isWithheld() throws Exception {
    String result =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[{\"name\":\"a\"},{\"Name\":\""
            + MARK
            + "\",\"name\":\"b\"}]}}";
    try (ScriptedServer server =
            ScriptedServer.saying(
                said("200 OK", "Content-Type: application/json\r\n", result), true);
        Gateway gateway = before(server);
        RawClient client = RawClient.plain(gateway.uri().getPort())) {
      gateway.gate().script((_, _, _) -> LOOKED_AT);
      Answer answer = client.send(request("tools/list").replace("Mcp-Name: t\r\n", "")).answer();
      assertThat(answer).isNotNull();
      assertThat(answer.body()).contains("withheld").doesNotContain(MARK);
    }
  }

  /** A stream without an end takes no memory: what the client does not read is not read here. */
  @Test
  void endlessStream_waitsForItsReader() throws Exception {
    AtomicLong written = new AtomicLong();
    byte[] some =
        ("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\""
                + "x".repeat(60_000)
                + "\"}}\n\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (ScriptedServer server = new ScriptedServer(null, (_, out) -> endless(out, some, written));
        Gateway gateway = before(server);
        RawClient client = RawClient.plain(gateway.uri().getPort())) {
      client.send(request("tools/call"));
      assertThat(client.head()).startsWith("http/1.1 200");
      await().until(() -> written.get() > 0 && stands(written));
      assertThat(written.get()).isLessThan(64L << 20);
    }
  }

  private static boolean stands(AtomicLong written) {
    long end = System.nanoTime() + 500_000_000L;
    long before = written.get();
    while (System.nanoTime() < end) {
      if (written.get() != before) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private static boolean endless(OutputStream out, byte[] some, AtomicLong written)
      throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    while (true) {
      out.write((Integer.toHexString(some.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(some);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      written.addAndGet(some.length);
    }
  }

  /** What a client does not take counts until it does. */
  @Test
  void answersThatNobodyTakes_areNotHeldWithoutBound() throws Exception {
    String large =
        said(
            "200 OK",
            "Content-Type: application/json\r\n",
            result("7").replace(MARK, "x".repeat(8 << 20)));
    Limits limits = Front.PATIENT.with(Limit.ANSWER_BYTES_TOTAL, 20L << 20);
    try (ScriptedServer server = ScriptedServer.saying(large, true);
        Gateway gateway =
            Gateway.to(URI.create("http://127.0.0.1:" + server.port() + "/mcp"), limits)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(RawClient.plain(gateway.uri().getPort()).send(request("tools/call")));
      }
      await().until(() -> gateway.gate().outcomes.size() == 8);
      assertThat(gateway.meters.reached).contains(Limit.ANSWER_BYTES_TOTAL);
      for (RawClient client : clients) {
        client.close();
      }
      assertThatAllIsFree(gateway);
    }
  }

  /** The next one gets its answer. */
  private static void assertThatAllIsFree(Gateway gateway) {
    await()
        .untilAsserted(
            () -> {
              try (RawClient client = RawClient.plain(gateway.uri().getPort())) {
                Answer answer = client.send(request("tools/call")).answer();
                assertThat(answer).isNotNull();
                assertThat(answer.body()).contains("xxxx");
              }
            });
  }

  /** Events that are whole and that nobody takes, and events that never are. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eventsOfManyStreams_areNotHeldWithoutBound(boolean whole) throws Exception {
    String event = "data: " + result("7").replace(MARK, "x".repeat(8 << 20)) + "\n\n";
    String stream = said("200 OK", "Content-Type: text/event-stream\r\n", event);
    AtomicInteger missing = new AtomicInteger(whole ? 0 : 1);
    Limits limits = Front.PATIENT.with(Limit.ANSWER_BYTES_TOTAL, 20L << 20);
    try (ScriptedServer server =
            new ScriptedServer(
                null,
                (_, out) -> {
                  out.write(
                      stream.getBytes(StandardCharsets.US_ASCII),
                      0,
                      stream.length() - missing.get());
                  return true;
                });
        Gateway gateway =
            Gateway.to(URI.create("http://127.0.0.1:" + server.port() + "/mcp"), limits)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(RawClient.plain(gateway.uri().getPort()).send(request("tools/call")));
      }
      Told busy = new Told(OutcomeKind.FAILED, 0, "busy");
      await().until(() -> gateway.gate().outcomes.contains(busy));
      assertThat(gateway.meters.reached).contains(Limit.ANSWER_BYTES_TOTAL);
      for (RawClient client : clients) {
        client.close();
      }
      missing.set(0);
      assertThatAllIsFree(gateway);
    }
  }

  @Test
  void eventThatIsTooLong_endsTheStream() throws Exception {
    byte[] some = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (ScriptedServer server =
            new ScriptedServer(
                null,
                (_, out) -> {
                  out.write(
                      ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                              + (20L << 20)
                              + "\r\n\r\ndata: ")
                          .getBytes(StandardCharsets.US_ASCII));
                  for (int i = 0; i < 17; i++) {
                    out.write(some);
                  }
                  out.flush();
                  return true;
                });
        Gateway gateway = before(server);
        RawClient client = RawClient.plain(gateway.uri().getPort())) {
      client.send(request("tools/call"));
      String head = head(client);
      assertThat(head).startsWith("http/1.1 200");
      assertThat(client.rest(head)).doesNotContain("xxxx");
      await().until(() -> !gateway.gate().outcomes.isEmpty());
    }
  }
}
