package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.fixture.Json.member;
import static io.gatehouse.mcp.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.fixture.McpFixture;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.McpClient.Answer;
import io.gatehouse.mcp.testing.RawClient;
import io.gatehouse.mcp.testing.ScriptedServer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm.Call.Kind;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Unrecorded;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.net.Limit;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends and identities that do not come when they are expected. */
@Timeout(60)
class AttackIT {
  static final Refusal NO = Refusal.of(Refusal.Kind.POLICY, "refused by the script");

  private static final ResultRecord FULL =
      (_, _, _, _) -> {
        throw new Unrecorded(Refusal.of(Refusal.Kind.UNAVAILABLE, "there is no room"));
      };

  private static final ResultPlan LOOKED_AT =
      new ResultPlan() {
        @Override
        public ResultShape shape(ResultDescription description) {
          throw new AssertionError("a call has no rows");
        }

        @Override
        public ContentShape content(io.gatehouse.spi.Content content) {
          return ContentShape.PASS;
        }
      };

  @AutoClose private final McpFixture fixture = new McpFixture();
  @AutoClose private final Gateway gateway = Gateway.to(fixture.uri());
  @AutoClose private final McpClient client = new McpClient(gateway.uri(), "good");

  private static <T> CompletableFuture<T> aside(Callable<T> action) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private static Gateway before(ScriptedServer server) {
    return Gateway.to(URI.create("http://127.0.0.1:" + server.port() + "/mcp"));
  }

  private static String said(String status, String type, String more, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(status, type, more, body.length(), body);
  }

  private static String modern(String method, String message) {
    return String.join(
        "\r\n",
        "POST /mcp HTTP/1.1",
        "Host: localhost",
        "Authorization: Bearer good",
        "Accept: application/json, text/event-stream",
        "Content-Type: application/json",
        "MCP-Protocol-Version: 2026-07-28",
        "Mcp-Method: " + method,
        "Content-Length: " + message.length(),
        "",
        message);
  }

  static String listing() {
    return modern("tools/list", McpFixture.request(7, "tools/list", Map.of()));
  }

  @Test
  void sessionThatItsClientEnds_saysNothingMore() throws Exception {
    client.initialize();
    CompletableFuture<HttpResponse<String>> answer =
        client.begin(client.asking("slow", Map.of("key", "k")));
    fixture.slow("k").started().join();
    client.end();
    await().until(() -> !gateway.gate().closed.isEmpty());
    fixture.slow("k").release();
    assertThat(answer.get(15, TimeUnit.SECONDS).body())
        .doesNotContain("released")
        .contains("the session has ended");
  }

  @Test
  void streamThatCannotBePutOnRecord_endsTheSession() throws Exception {
    gateway
        .gate()
        .script(
            (call, _, _) ->
                call.kind() == Kind.TOOL
                    ? new Decision.Run(ResultPlan.UNTOUCHED, ResultLimits.NONE, FULL)
                    : Decision.RUN);
    client.initialize();
    Answer answer = client.call("stream", Map.of("steps", 2));
    assertThat(member(answer.last(), "error", "message")).isEqualTo("there is no room");
    await().until(() -> gateway.gate().closed.contains(CloseReason.INTERNAL_FAULT));
    assertThat(gateway.gate().outcomes).hasSize(3);
  }

  @Test
  void clientThatGoesDuringTheLogin_leavesNoCallWithoutItsOutcome() throws Exception {
    gateway.gate().looks = new CompletableFuture<>();
    try (RawClient leaving = RawClient.plain(gateway.uri().getPort())) {
      leaving.send(listing());
      await().until(() -> !gateway.gate().greeted.isEmpty());
      leaving.reset();
    }
    await().until(() -> gateway.listener().sessions() == 0);
    gateway.gate().looks.complete(null);
    client.modern("tools/list", Map.of());
    await().until(() -> gateway.gate().outcomes.size() == gateway.gate().submitted.size());
    assertThat(gateway.gate().withdrawn).isEmpty();
  }

  @Test
  void lateWord_whoseConsequenceFails_endsTheSession() throws Exception {
    CompletableFuture<Runnable> late = new CompletableFuture<>();
    gateway
        .gate()
        .script(
            (call, submission, reply) -> {
              if (call.kind() != Kind.ELICITATION) {
                return Decision.RUN;
              }
              long sequence = submission.sequence();
              late.complete(
                  () ->
                      reply.answer(
                          sequence,
                          new Decision.Run(ResultPlan.UNTOUCHED, ResultLimits.NONE, FULL)));
              return io.gatehouse.spi.Answer.LATER;
            });
    client.initialize();
    CompletableFuture<HttpResponse<String>> answer =
        client.begin(client.asking("ask", Map.of("question", "why?")));
    late.get(15, TimeUnit.SECONDS).run();
    await().until(() -> gateway.gate().closed.contains(CloseReason.INTERNAL_FAULT));
    assertThat(answer.get(15, TimeUnit.SECONDS).body())
        .contains("there is no room")
        .doesNotContain("why?");
  }

  @Test
  void callThatWaits_isWithdrawn_whenAnOperatorCancels() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    gateway
        .gate()
        .script(
            (_, _, _) -> {
              asked.complete(null);
              return io.gatehouse.spi.Answer.LATER;
            });
    CompletableFuture<HttpResponse<String>> answer =
        client.begin("tools/call", Map.of("name", "echo"));
    asked.join();
    gateway.gate().control().cancel();
    assertThat(answer.get(15, TimeUnit.SECONDS).body())
        .contains("the call was ended before its answer");
    await().until(() -> gateway.gate().withdrawn.size() == 1);
    assertThat(gateway.gate().outcomes).isEmpty();
  }

  @Test
  void questionThatNobodyAnswers_keepsNoSession() throws Exception {
    try (Gateway impatient =
            Gateway.to(fixture.uri(), Front.PATIENT.with(Limit.MCP_IDLE_SECONDS, 1));
        McpClient leaving = new McpClient(impatient.uri(), "good")) {
      leaving.initialize();
      CompletableFuture<?> answer =
          leaving.begin(leaving.asking("ask", Map.of("question", "why?")));
      await().until(() -> impatient.gate().submitted.contains("ELICITATION elicitation/create"));
      answer.cancel(true);
      await().until(() -> impatient.gate().closed.contains(CloseReason.CLIENT_IDLE));
    }
  }

  private static Map<String, Object> call(int id, String tool, Map<String, Object> arguments) {
    Map<String, Object> params = Map.of("name", tool, "arguments", arguments);
    return Map.of("jsonrpc", "2.0", "id", id, "method", "tools/call", "params", params);
  }

  /** Servers that find the stream of an answer by its id would send it by that of the second. */
  @Test
  void idThatIsInUse_isRefused() throws Exception {
    client.initialize();
    CompletableFuture<Answer> first =
        aside(
            () -> {
              try (McpClient same = new McpClient(gateway.uri(), "good")) {
                same.session(client.session());
                return same.tell(call(900, "slow", Map.of("key", "k")));
              }
            });
    fixture.slow("k").started().join();
    Answer second = client.tell(call(900, "echo", Map.of("message", "x")));
    assertThat(second.status()).isEqualTo(400);
    assertThat(member(second.last(), "error", "code")).isEqualTo(new BigDecimal(-32_600));
    fixture.slow("k").release();
    assertThat(McpClient.text(first.get(15, TimeUnit.SECONDS))).isEqualTo("released");
    assertThat(McpClient.text(client.tell(call(901, "echo", Map.of("message", "x")))))
        .isEqualTo("x");
  }

  @Test
  void streamThatHasNotBegun_isAnsweredAtTheEnd() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(null, (asked, out) -> silent(asked, out, over));
        Gateway draining = before(server);
        McpClient caller = new McpClient(draining.uri(), "good")) {
      caller.initialize();
      CompletableFuture<Integer> listens = aside(() -> caller.listen().statusCode());
      await().until(() -> server.requests.stream().anyMatch(r -> r.startsWith("GET")));
      CompletableFuture<Void> drained = draining.listener().drain().toCompletableFuture();
      assertThat(listens.get(20, TimeUnit.SECONDS)).isEqualTo(503);
      drained.get(20, TimeUnit.SECONDS);
    } finally {
      over.countDown();
    }
  }

  private static boolean silent(String asked, java.io.OutputStream out, CountDownLatch over)
      throws java.io.IOException {
    if (asked.startsWith("GET")) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }
    String result =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}";
    out.write(
        (asked.contains("\"initialize\"")
                ? said("200 OK", "application/json", "Mcp-Session-Id: s\r\n", result)
                : said("202 Accepted", "application/json", "", ""))
            .getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  @Test
  void gateThatFails_refuses_andIsAskedAgain() throws Exception {
    gateway.gate().broken = true;
    Answer refused = client.modern("tools/list", Map.of());
    assertThat(refused.status()).isEqualTo(500);
    gateway.gate().broken = false;
    assertThat(client.modern("tools/list", Map.of()).status()).isEqualTo(200);
  }

  /** As the servers of the Python SDK say it. */
  @Test
  void notificationThatIsTaken_withATypeAndNothingOfIt() throws Exception {
    String message = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}";
    try (ScriptedServer server =
            ScriptedServer.saying(said("202 Accepted", "application/json", "", ""), true);
        Gateway front = before(server);
        RawClient caller = RawClient.plain(front.uri().getPort())) {
      RawClient.Answer answer = caller.send(modern("notifications/cancelled", message)).answer();
      assertThat(answer).isNotNull();
      assertThat(answer.status()).isEqualTo(202);
      await().until(() -> !front.gate().outcomes.isEmpty());
      assertThat(front.gate().outcomes.getFirst().kind()).isEqualTo(OutcomeKind.SUCCEEDED);
    }
  }

  /** Some clients' readers take the one name for the other. */
  @Test
  void listUnderANameThatLooksTheSame_isWithheld() throws Exception {
    String result =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[],\"Tools\":[{\"name\":\"S3CRET\"}]}}";
    try (ScriptedServer server =
            ScriptedServer.saying(said("200 OK", "application/json", "", result), true);
        Gateway front = before(server);
        RawClient caller = RawClient.plain(front.uri().getPort())) {
      front.gate().script((_, _, _) -> new Decision.Run(LOOKED_AT, ResultLimits.NONE));
      RawClient.Answer answer = caller.send(listing()).answer();
      assertThat(answer).isNotNull();
      assertThat(answer.body()).contains("withheld").doesNotContain("S3CRET");
    }
  }

  private static boolean leavingOpen(
      String asked, java.io.OutputStream out, CountDownLatch late, boolean[] heard)
      throws java.io.IOException {
    if (asked.startsWith("GET")) {
      String result = "data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"t\":\"S3CRET\"}}\n\n";
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
              + (3 + result.length())
              + "\r\n\r\n:\n\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      try {
        late.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      heard[0] = true;
      out.write(result.getBytes(StandardCharsets.US_ASCII));
      return true;
    }
    if (asked.contains("tools/call")) {
      String events = "id: 1\ndata:\n\n";
      out.write(
          said("200 OK", "text/event-stream", "", events).getBytes(StandardCharsets.US_ASCII));
      return true;
    }
    return silent(asked, out, late);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callLeftOpen_isAnsweredLate_unlessItWasCancelled(boolean cancelled) throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    boolean[] heard = new boolean[1];
    try (ScriptedServer server =
            new ScriptedServer(null, (asked, out) -> leavingOpen(asked, out, late, heard));
        Gateway front = before(server);
        McpClient caller = new McpClient(front.uri(), "good")) {
      caller.initialize();
      String event =
          caller.stream("t").lines().findFirst().orElseThrow().substring("id: ".length());
      InputStream stream = caller.listen(event).body();
      if (cancelled) {
        front.gate().control().cancel(3);
        await().until(() -> front.gate().outcomes.size() == 4);
      }
      late.countDown();
      assertThat(all(stream))
          .contains(cancelled ? "the call was ended before its answer" : "S3CRET")
          .doesNotContain(cancelled ? "S3CRET" : "the call was ended");
      await().until(() -> heard[0]);
    }
  }

  /** What comes, as far as it comes. */
  private static String all(InputStream stream) {
    StringBuilder all = new StringBuilder();
    try (stream) {
      for (int next = stream.read(); next >= 0; next = stream.read()) {
        all.append((char) next);
      }
    } catch (java.io.IOException aborted) {
      // What came before counts.
    }
    return all.toString();
  }
}
