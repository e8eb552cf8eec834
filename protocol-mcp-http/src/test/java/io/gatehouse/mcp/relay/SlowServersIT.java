package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.McpClient.Answer;
import io.gatehouse.mcp.testing.ScriptedServer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.net.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that begin an answer and do not go on. */
@Timeout(300)
class SlowServersIT {
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}";
  private static final String QUESTION =
      "data: {\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"elicitation/create\",\"params\":{}}\n\n";
  private static final String LATE =
      "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
          + "\"params\":{\"data\":\"late\"}}\n\n";

  private final CountDownLatch late = new CountDownLatch(1);
  @AutoClose private final ScriptedServer server = new ScriptedServer(null, this::answer);

  @AutoClose
  private final Gateway gateway =
      Gateway.to(
          URI.create("http://127.0.0.1:" + server.port() + "/mcp"),
          Front.PATIENT.with(Limit.UPSTREAM_ANSWER_SECONDS, 1));

  @AutoClose private final McpClient client = new McpClient(gateway.uri(), "good");

  SlowServersIT() throws IOException {}

  /** All but initialize and the stream lack their last byte. */
  private boolean answer(String asked, OutputStream out) throws IOException {
    if (asked.contains("\"initialize\"")) {
      say(out, "200 OK", "application/json", INITIALIZED.length(), INITIALIZED);
    } else if (asked.contains("notifications/initialized")) {
      say(out, "202 Accepted", "text/plain", 0, "");
    } else if (asked.startsWith("GET")) {
      say(out, "200 OK", "text/event-stream", QUESTION.length() + LATE.length(), QUESTION);
      out.flush();
      try {
        late.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      out.write(LATE.getBytes(UTF_8));
    } else {
      String status = asked.contains("tools/call") ? "200 OK" : "202 Accepted";
      say(out, status, "application/json", 3, "{}");
    }
    return true;
  }

  private static void say(OutputStream out, String status, String type, int length, String body)
      throws IOException {
    out.write(
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nMcp-Session-Id: s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, type, length, body)
            .getBytes(UTF_8));
  }

  @Test
  void restOfAnAnswer_isNotWaitedForLonger_butThatOfAStreamIs() throws Exception {
    client.initialize();
    InputStream stream = client.listen().body();
    await().until(() -> gateway.gate().submitted.contains("ELICITATION elicitation/create"));
    Answer called = client.call("t", Map.of());
    assertThat(called.status()).isEqualTo(504);
    Answer noted = client.tell(Map.of("jsonrpc", "2.0", "method", "notifications/cancelled"));
    assertThat(noted.status()).isEqualTo(504);
    Answer answered = client.tell(Map.of("jsonrpc", "2.0", "id", 9, "result", Map.of()));
    assertThat(answered.status()).isEqualTo(502);
    assertThat(gateway.meters.reached).hasSize(3).containsOnly(Limit.UPSTREAM_ANSWER_SECONDS);
    late.countDown();
    assertThat(new String(stream.readAllBytes(), UTF_8)).contains("late");
  }

  @Test
  void whatNobodyHears_isNotWaitedForLonger() throws Exception {
    client.initialize();
    Refusal no = Refusal.of(Refusal.Kind.POLICY, "refused by the script");
    gateway.gate().control().kill(no, CloseReason.KILLED);
    await().until(() -> server.requests.stream().anyMatch(r -> r.startsWith("DELETE")));
    await().until(() -> gateway.meters.reached.contains(Limit.UPSTREAM_ANSWER_SECONDS));
  }
}
