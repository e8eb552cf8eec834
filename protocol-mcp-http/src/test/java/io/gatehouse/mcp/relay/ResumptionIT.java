package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.Plans;
import io.gatehouse.mcp.testing.ScriptedGate.Told;
import io.gatehouse.mcp.testing.ScriptedServer;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.json.JsonEdit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of the older era that come again for the rest of a stream. */
@Timeout(300)
class ResumptionIT {
  private static final String MARK = "S3CRET";

  /** What it says to a call, and what when a client comes for the rest. */
  private volatile String first = "id: " + MARK + "-1\nretry: 10\ndata:\n\n";

  private volatile String rest = "";

  @AutoClose private final ScriptedServer server = new ScriptedServer(null, this::answer);

  @AutoClose
  private final Gateway gateway =
      Gateway.to(URI.create("http://127.0.0.1:" + server.port() + "/mcp"));

  @AutoClose private final McpClient client = new McpClient(gateway.uri(), "good");

  ResumptionIT() throws IOException {}

  private boolean answer(String asked, OutputStream out) throws IOException {
    boolean begins = asked.contains("\"initialize\"");
    String said =
        begins
            ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}"
            : asked.startsWith("GET") ? rest : asked.contains("tools/call") ? first : "";
    String type = begins ? "application/json" : "text/event-stream";
    String status = said.isEmpty() && asked.startsWith("POST") ? "202 Accepted" : "200 OK";
    out.write(
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nMcp-Session-Id: s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, type, said.length(), said)
            .getBytes(UTF_8));
    return true;
  }

  private static String result(int id, String text) {
    return "data: {\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":{\"text\":\"%s\"}}\n\n"
        .formatted(id, text);
  }

  private static String log(String text) {
    return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\"%s\"}}\n\n"
        .formatted(text);
  }

  /** Puts stars in the place of what is marked. */
  private static final Decision MASKED =
      Plans.shaped(
          content -> {
            JsonEdit edit = new JsonEdit(content.text());
            for (String name : List.of("text", "data")) {
              content.value().find(name).ifPresent(value -> edit.text(value, "***"));
            }
            return new ContentShape.Rewrite(edit);
          });

  /** The last id that stands in what came. */
  private static String lastId(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("id: "))
        .map(line -> line.substring(4))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  /** What came for a call whose stream ended before its answer. */
  private String left() throws Exception {
    return client.stream("t");
  }

  private String resumed(String id) throws Exception {
    HttpResponse<InputStream> response = client.listen(id);
    assertThat(response.statusCode()).isEqualTo(200);
    return all(response);
  }

  private static String all(HttpResponse<InputStream> response) {
    StringBuilder all = new StringBuilder();
    try (InputStream stream = response.body()) {
      for (int next = stream.read(); next >= 0; next = stream.read()) {
        all.append((char) next);
      }
    } catch (IOException aborted) {
      // What came before counts.
    }
    return all.toString();
  }

  private long listened() {
    return server.requests.stream().filter(request -> request.startsWith("GET")).count();
  }

  private void refused(String id, String why) throws Exception {
    long before = listened();
    HttpResponse<InputStream> response = client.listen(id);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(all(response)).contains(why);
    assertThat(listened()).isEqualTo(before);
  }

  @Test
  void ids_areTheGates_andTheServerGetsItsOwn() throws Exception {
    client.initialize();
    String events = left();
    assertThat(events).contains("retry: 10\n").doesNotContain(MARK);
    assertThat(new String(Base64.getUrlDecoder().decode(lastId(events)), UTF_8))
        .doesNotContain(MARK);
    rest = "id: " + MARK + "-2\n" + result(2, "late");
    String more = resumed(lastId(events));
    assertThat(more).contains("late").doesNotContain(MARK);
    assertThat(server.requests.getLast()).contains("last-event-id: " + MARK + "-1\r\n");
    assertThat(gateway.gate().outcomes)
        .contains(new Told(OutcomeKind.SUCCEEDED, 1, null))
        .hasSize(4);
  }

  @Test
  void streamThatEndsAgain_isGoneOnWithAgain() throws Exception {
    client.initialize();
    String id = lastId(left());
    rest = "id: two\ndata:\n\n";
    String second = lastId(resumed(id));
    assertThat(second).isNotEqualTo(id);
    rest = "retry: 5\n\n" + log("on its way");
    assertThat(resumed(second)).contains("retry: 5\n", "on its way");
    rest = result(2, "late");
    assertThat(resumed(id)).contains("late");
    assertThat(server.requests.getLast()).contains("last-event-id: " + MARK + "-1\r\n");
    refused(second, "the call that Last-Event-ID is of has ended");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void answersOfOthers_areNotTaken(int other) throws Exception {
    client.initialize();
    String two = lastId(left());
    left();
    rest = result(other, MARK);
    assertThat(resumed(two)).doesNotContain(MARK);
    rest = result(2, "late");
    assertThat(resumed(two)).contains("late");
  }

  @Test
  void streamThatIsForNoRequest_bringsNoAnswers() throws Exception {
    client.initialize();
    left();
    rest = result(2, MARK);
    assertThat(all(client.listen())).doesNotContain(MARK);
  }

  @Test
  void answer_passesByThePlanOfItsCall() throws Exception {
    client.initialize();
    gateway.gate().script(Plans.tools(MASKED));
    String id = lastId(left());
    gateway.gate().script((_, _, _) -> Decision.RUN);
    rest = log(MARK) + result(2, MARK);
    assertThat(resumed(id)).contains("\"data\":\"***\"", "\"text\":\"***\"").doesNotContain(MARK);
  }

  /** The older answer would be decided by the newer plan. */
  @Test
  void requestWhoseIdComesAgain_doesNotOpenTheOlderAnswer() throws Exception {
    client.initialize();
    first = "id: " + MARK + "-1\n" + result(700, MARK);
    Map<String, Object> call =
        Map.of("jsonrpc", "2.0", "id", 700, "method", "tools/call", "params", Map.of("name", "t"));
    gateway.gate().script(Plans.tools(MASKED));
    String old = client.raw(call);
    assertThat(old).contains("***").doesNotContain(MARK);
    gateway.gate().script((_, _, _) -> Decision.RUN);
    first = "id: new\ndata:\n\n";
    client.raw(call);
    rest = result(700, MARK);
    refused(lastId(old), "the call that Last-Event-ID is of has ended");
  }

  @Test
  void idThatIsNotOfHere_isRefused() throws Exception {
    client.initialize();
    String id = lastId(left());
    String foreign;
    try (McpClient other = new McpClient(gateway.uri(), "good")) {
      other.initialize();
      foreign = lastId(other.stream("t"));
    }
    char changed = id.charAt(30) == 'A' ? 'B' : 'A';
    for (UnaryOperator<String> wrong :
        List.<UnaryOperator<String>>of(
            _ -> foreign,
            _ -> MARK + "-1",
            _ -> "A",
            right -> right.substring(0, 30) + changed + right.substring(31),
            right -> right.substring(0, right.length() - 4),
            right -> right + "AAAA")) {
      refused(wrong.apply(id), "Last-Event-ID is of no event of this session");
    }
    rest = result(2, "late");
    assertThat(resumed(id)).contains("late");
  }

  @Test
  void streamThatIsStillOpen_isNotOpenedTwice() throws Exception {
    client.initialize();
    String id = lastId(left());
    gateway.gate().script((_, _, _) -> io.gatehouse.spi.Answer.LATER);
    try (McpClient same = new McpClient(gateway.uri(), "good")) {
      same.session(client.session());
      Thread waits = Thread.startVirtualThread(() -> ignored(same, id));
      await().until(() -> gateway.gate().submitted.contains("SESSION GET"));
      refused(id, "the stream that Last-Event-ID is of is still open");
      waits.interrupt();
    }
    await().until(() -> !gateway.gate().withdrawn.isEmpty());
    gateway.gate().script((_, _, _) -> Decision.RUN);
    rest = result(2, "late");
    assertThat(resumed(id)).contains("late");
  }

  private static void ignored(McpClient who, String id) {
    try {
      who.listen(id);
    } catch (Exception interrupted) {
      // It is to go.
    }
  }

  /** What was said about a call is decided by its plan when it is said again, too. */
  @Test
  void whatIsSaidAgain_passesByThePlansOfThen() throws Exception {
    client.initialize();
    rest = "id: listen-1\ndata:\n\n";
    String id = lastId(all(client.listen()));
    gateway.gate().script(Plans.tools(MASKED));
    first = result(2, "done");
    left();
    gateway.gate().script((_, _, _) -> Decision.RUN);
    rest = log(MARK);
    assertThat(resumed(id)).contains("***").doesNotContain(MARK);
    assertThat(server.requests.getLast()).contains("last-event-id: listen-1\r\n");
    assertThat(all(client.listen())).contains(MARK);
  }

  @Test
  void whatWasSaidTooLongAgo_isNotSaidAgain() throws Exception {
    client.initialize();
    rest = "id: listen-1\ndata:\n\n";
    String id = lastId(all(client.listen()));
    gateway.gate().script(Plans.tools(MASKED));
    for (int call = 2; call < 19; call++) {
      first = result(call, "done");
      assertThat(left()).contains("***");
    }
    rest = log("new");
    assertThat(resumed(id)).contains("new");
    assertThat(server.requests.getLast()).doesNotContain("last-event-id");
    assertThat(gateway.gate().submitted).filteredOn("TOOL t"::equals).hasSize(17);
  }

  /** The client may not have seen it the first time. */
  @Test
  void whatTheServerAsks_isAskedAgain() throws Exception {
    client.initialize();
    String question =
        "data: {\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"elicitation/create\","
            + "\"params\":{\"message\":\"why?\"}}\n\n";
    first = "id: 1\ndata:\n\nid: 2\n" + question;
    String events = left();
    assertThat(events).contains("why?");
    rest = "id: 2\n" + question + "id: 3\ndata:\n\n";
    String again = resumed(lastId(events));
    assertThat(again).contains("why?");
    assertThat(server.requests).noneMatch(request -> request.contains("\"error\""));
    assertThat(client.tell(Map.of("jsonrpc", "2.0", "id", 9, "result", Map.of())).status())
        .isEqualTo(202);
    rest = result(2, "late");
    assertThat(resumed(lastId(again))).contains("late");
  }
}
