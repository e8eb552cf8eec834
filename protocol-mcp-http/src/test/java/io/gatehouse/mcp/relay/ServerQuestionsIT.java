package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.fixture.Json;
import io.gatehouse.mcp.fixture.McpFixture;
import io.gatehouse.mcp.fixture.Received;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.McpClient.Answer;
import io.gatehouse.mcp.testing.ScriptedGate.Told;
import io.gatehouse.mcp.testing.ScriptedServer;
import io.gatehouse.spi.CommandForm.Call.Kind;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.net.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers ask clients: the server is told something, however it ends. */
@Timeout(300)
class ServerQuestionsIT {
  @AutoClose private final McpFixture fixture = new McpFixture();
  @AutoClose private final Gateway gateway = Gateway.to(fixture.uri());
  @AutoClose private final McpClient client = new McpClient(gateway.uri(), "good");

  private boolean told(String words) {
    return fixture.received().stream()
        .map(Received::body)
        .anyMatch(body -> body.contains("\"error\"") && body.contains(words));
  }

  private CompletableFuture<HttpResponse<String>> asking() {
    return client.begin(client.asking("ask", Map.of("question", "why?")));
  }

  @Test
  void thatIsTooLong() throws Exception {
    gateway
        .gate()
        .script(
            (call, _, _) ->
                call.kind() == Kind.ELICITATION
                    ? new Decision.Run(ResultPlan.UNTOUCHED, new ResultLimits(1, 10))
                    : Decision.RUN);
    client.initialize();
    Answer answer = client.call("ask", Map.of("question", "why?"));
    assertThat(answer.messages()).hasSize(1);
    assertThat(told("the answer is larger than the policy allows")).isTrue();
    assertThat(gateway.gate().outcomes).contains(new Told(OutcomeKind.REFUSED, 1, null));
  }

  /** By an operator: the question alone, or the call that it was asked for. */
  @ParameterizedTest
  @ValueSource(ints = {4, 3})
  void thatIsCancelled(int sequence) throws Exception {
    client.initialize();
    CompletableFuture<HttpResponse<String>> answer = asking();
    await().until(() -> gateway.gate().submitted.contains("ELICITATION elicitation/create"));
    gateway.gate().control().cancel(sequence);
    String words =
        sequence == 4
            ? "the call was ended before its answer"
            : "nobody answers this: the stream that it was asked in has ended";
    await().until(() -> told(words));
    assertThat(answer.join().body())
        .contains(sequence == 4 ? "answered: " : "the call was ended before its answer");
  }

  @Test
  void thatWaitsForTheGate_whileItsCallEnds() throws Exception {
    gateway
        .gate()
        .script(
            (call, _, _) ->
                call.kind() == Kind.ELICITATION ? io.gatehouse.spi.Answer.LATER : Decision.RUN);
    client.initialize();
    CompletableFuture<HttpResponse<String>> answer = asking();
    await().until(() -> gateway.gate().submitted.contains("ELICITATION elicitation/create"));
    gateway.gate().control().cancel(3);
    await().until(() -> told("nobody answers this"));
    assertThat(gateway.gate().withdrawn).containsExactly(4L);
    answer.join();
  }

  /** As long as the server has not taken it, it is under way. */
  @Test
  void answer_counts() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(null, (asked, out) -> slowToTake(asked, out, taken));
        Gateway small =
            Gateway.to(
                URI.create("http://127.0.0.1:" + server.port() + "/mcp"),
                Front.PATIENT.with(Limit.MCP_CALLS, 2));
        McpClient caller = new McpClient(small.uri(), "good")) {
      caller.initialize();
      InputStream stream = caller.listen().body();
      await().until(() -> small.gate().submitted.contains("ELICITATION elicitation/create"));
      Map<String, Object> reply = Map.of("jsonrpc", "2.0", "id", 9, "result", Map.of());
      CompletableFuture<Answer> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try (McpClient same = new McpClient(small.uri(), "good")) {
                  same.session(caller.session());
                  return same.tell(reply);
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      await().until(() -> server.requests.stream().anyMatch(r -> r.contains("\"result\"")));
      assertThat(Json.write(caller.call("t", Map.of()).last())).contains("too much is under way");
      taken.countDown();
      assertThat(answer.join().status()).isEqualTo(202);
      await().until(() -> small.gate().outcomes.size() == 3);
      stream.close();
    }
  }

  private static boolean slowToTake(String asked, OutputStream out, CountDownLatch taken)
      throws IOException {
    String type = "application/json";
    String said = "";
    if (asked.contains("\"initialize\"")) {
      said = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}";
    } else if (asked.startsWith("GET")) {
      type = "text/event-stream";
      said =
          "data:"
              + " {\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"elicitation/create\",\"params\":{}}\n\n";
    } else if (asked.contains("\"result\"")) {
      try {
        taken.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    String status = said.isEmpty() ? "202 Accepted" : "200 OK";
    int missing = asked.startsWith("GET") ? 1 : 0;
    out.write(
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nMcp-Session-Id: s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, type, said.length() + missing, said)
            .getBytes(UTF_8));
    return true;
  }
}
