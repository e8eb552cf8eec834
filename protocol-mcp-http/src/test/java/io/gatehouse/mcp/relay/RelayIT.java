package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.fixture.Json.member;
import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.fixture.Json;
import io.gatehouse.mcp.fixture.McpFixture;
import io.gatehouse.mcp.fixture.Received;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.McpClient.Answer;
import io.gatehouse.mcp.testing.Plans;
import io.gatehouse.mcp.testing.ScriptedGate.Told;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayIT {
  private static final Refusal NO =
      Refusal.of(Refusal.Kind.POLICY, "refused by the script").withDetail("Rule: test.");

  @AutoClose private final McpFixture fixture = new McpFixture();
  @AutoClose private final Gateway gateway = Gateway.to(fixture.uri());
  @AutoClose private final McpClient client = new McpClient(gateway.uri(), "good");

  private static Object code(Answer answer) {
    return member(answer.last(), "error", "code");
  }

  @Test
  void session_ofTheOlderEra() throws Exception {
    Answer begun = client.initialize();
    assertThat(begun.status()).isEqualTo(200);
    assertThat(client.session()).hasSizeGreaterThan(20).isNotIn(fixture.sessions());
    assertThat(McpClient.text(client.call("echo", Map.of("message", "hello")))).isEqualTo("hello");
    assertThat(client.end().status()).isEqualTo(200);
    assertThat(fixture.sessions()).isEmpty();
    assertThat(client.call("echo", Map.of()).status()).isEqualTo(404);
    assertThat(gateway.gate().submitted)
        .containsExactly(
            "SESSION initialize",
            "SESSION notifications/initialized",
            "TOOL echo",
            "SESSION DELETE");
    assertThat(gateway.gate().closed).containsExactly(CloseReason.CLIENT_TERMINATED);
    assertThat(gateway.gate().greeted).hasSize(1);
    assertThat(gateway.gate().greeted.getFirst().database()).isEqualTo("/mcp");
    assertThat(gateway.gate().greeted.getFirst().parameters())
        .containsEntry("application_name", "test 1");
  }

  @Test
  void requests_ofTheNewerEra_areOneConversation() throws Exception {
    assertThat(McpClient.text(client.callModern("echo", Map.of("message", "a")))).isEqualTo("a");
    assertThat(McpClient.text(client.callModern("echo", Map.of("message", "b")))).isEqualTo("b");
    assertThat(gateway.gate().greeted).hasSize(1);
    assertThat(gateway.gate().outcomes)
        .containsExactly(
            new Told(OutcomeKind.SUCCEEDED, 1, null), new Told(OutcomeKind.SUCCEEDED, 1, null));
  }

  @Test
  void longMessages_areReadBesideTheLoop() throws Exception {
    String large = "x".repeat(1 << 20);
    assertThat(McpClient.text(client.callModern("echo", Map.of("message", large))))
        .isEqualTo(large);
    Answer broken = client.send(client.post(("{\"a\":1,\"a\":\"" + large + "\"}").getBytes(UTF_8)));
    assertThat(code(broken)).isEqualTo(new BigDecimal(-32_700));
  }

  @Test
  void withoutToken_orWithABadOne_isChallenged() throws Exception {
    for (String token : List.of("", "bad")) {
      try (McpClient stranger = new McpClient(gateway.uri(), token)) {
        Answer answer = stranger.initialize();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate"))
            .startsWith("Bearer ")
            .contains("resource_metadata=\"https://gate.example/.well-known/");
      }
    }
    assertThat(fixture.received()).isEmpty();
  }

  @Test
  void session_isOfTheLoginThatBeganIt() throws Exception {
    client.initialize();
    try (McpClient other = new McpClient(gateway.uri(), "good too")) {
      other.session(client.session());
      assertThat(other.call("echo", Map.of("message", "x")).status()).isEqualTo(404);
      assertThat(other.listen().statusCode()).isEqualTo(404);
      assertThat(other.end().status()).isEqualTo(404);
    }
    assertThat(client.call("echo", Map.of("message", "x")).status()).isEqualTo(200);
  }

  @Test
  void token_neverReachesTheServer_butTheHeldOneDoes() throws Exception {
    Credential held =
        new Credential("authorization", HeldSecret.of(Secret.of("held".getBytes(UTF_8))));
    try (Gateway holding = Gateway.to(fixture.uri(), held);
        McpClient caller = new McpClient(holding.uri(), "good secret")) {
      caller.initialize();
      caller.call("echo", Map.of("message", "x"));
    }
    assertThat(fixture.received())
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.header("Authorization")).isEqualTo("Bearer held"))
        .noneMatch(request -> request.toString().contains("good secret"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusedCall_neverReachesTheServer(boolean modern) throws Exception {
    gateway.gate().script(Plans.tools(new Decision.Refuse(NO)));
    if (!modern) {
      client.initialize();
    }
    Answer answer =
        modern ? client.callModern("echo", Map.of()) : client.call("echo", Map.of("message", "x"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(code(answer)).isEqualTo(new BigDecimal(403));
    assertThat(member(answer.last(), "error", "message")).isEqualTo("refused by the script");
    assertThat(member(answer.last(), "error", "data", "detail")).isEqualTo("Rule: test.");
    assertThat(fixture.received()).noneMatch(request -> request.body().contains("tools/call"));
  }

  @Test
  void lateDecision_letsItRunOrNot() throws Exception {
    CopyOnWriteArrayList<Runnable> decide = new CopyOnWriteArrayList<>();
    gateway
        .gate()
        .script(
            (call, submission, reply) -> {
              long sequence = submission.sequence();
              Decision decision = "no".equals(said(call)) ? new Decision.Refuse(NO) : Decision.RUN;
              decide.add(() -> reply.answer(sequence, decision));
              return io.gatehouse.spi.Answer.LATER;
            });
    CompletableFuture<Answer> yes = call("yes");
    CompletableFuture<Answer> no = call("no");
    await().until(() -> decide.size() == 2);
    assertThat(fixture.received()).isEmpty();
    decide.forEach(Runnable::run);
    assertThat(McpClient.text(yes.join())).isEqualTo("yes");
    assertThat(code(no.join())).isEqualTo(new BigDecimal(403));
    decide.forEach(Runnable::run);
    assertThat(fixture.received()).hasSize(1);
  }

  private static String said(CommandForm.Call call) {
    return call.arguments() == null
        ? ""
        : call.arguments().find("message").map(value -> value.text()).orElse("");
  }

  private CompletableFuture<Answer> call(String message) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (McpClient caller = new McpClient(gateway.uri(), "good")) {
            return caller.callModern("echo", Map.of("message", message));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void clientThatGoes_takesBackWhatIsNotDecided() throws Exception {
    CompletableFuture<Reply> asked = new CompletableFuture<>();
    gateway
        .gate()
        .script(
            (_, _, reply) -> {
              asked.complete(reply);
              return io.gatehouse.spi.Answer.LATER;
            });
    try (McpClient leaving = new McpClient(gateway.uri(), "good")) {
      CompletableFuture<?> answer = leaving.begin("tools/call", Map.of("name", "echo"));
      asked.join();
      answer.cancel(true);
      await().until(() -> !gateway.gate().withdrawn.isEmpty());
    }
    asked.join().answer(1, Decision.RUN);
    assertThat(fixture.received()).isEmpty();
  }

  @Test
  void killedSession_endsWhatItRuns() throws Exception {
    client.initialize();
    CompletableFuture<HttpResponse<String>> answer =
        client.begin(client.asking("slow", Map.of("key", "k")));
    fixture.slow("k").started().join();
    gateway.gate().control().kill(NO, CloseReason.KILLED);
    assertThat(answer.join().body()).contains("refused by the script");
    await().until(() -> gateway.gate().closed.contains(CloseReason.KILLED));
    assertThat(client.call("echo", Map.of("message", "x")).status()).isEqualTo(404);
    await().until(() -> fixture.sessions().isEmpty());
    fixture.slow("k").release();
  }

  @Test
  void cancelledCall_endsByItself() throws Exception {
    client.initialize();
    CompletableFuture<HttpResponse<String>> one =
        client.begin(client.asking("slow", Map.of("key", "one")));
    fixture.slow("one").started().join();
    CompletableFuture<HttpResponse<String>> other =
        client.begin(client.asking("slow", Map.of("key", "other")));
    fixture.slow("other").started().join();
    gateway.gate().control().cancel(3);
    assertThat(one.join().body()).contains("the call was ended before its answer");
    fixture.slow("other").release();
    assertThat(other.join().body()).contains("released");
    fixture.slow("one").release();
  }

  @Test
  void clientThatGoes_inTheNewerEra_cancelsAtTheServer() throws Exception {
    try (McpClient leaving = new McpClient(gateway.uri(), "good")) {
      CompletableFuture<?> answer =
          leaving.begin("tools/call", Map.of("name", "slow", "arguments", Map.of("key", "gone")));
      fixture.slow("gone").started().join();
      answer.cancel(true);
      assertThat(fixture.slow("gone").cancelled().join()).isTrue();
    }
    await().until(() -> !gateway.gate().outcomes.isEmpty());
    assertThat(gateway.gate().outcomes.getFirst().kind()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void serverRequests_areDecided_andTheirAnswersGoBack() throws Exception {
    client.initialize();
    Answer answer =
        client.call(
            "ask",
            Map.of("question", "why?"),
            Map.of("action", "accept", "content", Map.of("answer", "because")));
    assertThat(Json.write(answer.last())).contains("because");
    assertThat(gateway.gate().submitted).contains("ELICITATION elicitation/create");
  }

  @Test
  void serverRequests_thatAreRefused_reachNoClient() throws Exception {
    gateway
        .gate()
        .script(
            (call, _, _) ->
                call.kind() == CommandForm.Call.Kind.ELICITATION
                    ? new Decision.Refuse(NO)
                    : Decision.RUN);
    client.initialize();
    Answer answer = client.call("ask", Map.of("question", "why?"));
    assertThat(answer.messages()).noneMatch(m -> Json.write(m).contains("elicitation/create"));
    assertThat(fixture.received())
        .extracting(Received::body)
        .anyMatch(body -> body.contains("refused by the script"));
  }

  @Test
  void answers_thatNobodyAskedFor_areRefused() throws Exception {
    client.initialize();
    Answer answer = client.tell(Map.of("jsonrpc", "2.0", "id", "1", "result", Map.of()));
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void unknownMethods_areRefused() throws Exception {
    client.initialize();
    assertThat(code(client.legacy("tools/destroy", Map.of()))).isEqualTo(new BigDecimal(-32_601));
    assertThat(client.modern("tasks/result", Map.of("taskId", "1")).status()).isEqualTo(404);
    assertThat(fixture.received()).noneMatch(request -> request.body().contains("destroy"));
  }

  @Test
  void serverThatIsNotThere_isSaid() throws Exception {
    URI nowhere;
    try (McpFixture gone = new McpFixture()) {
      nowhere = gone.uri();
    }
    try (Gateway before = Gateway.to(nowhere);
        McpClient caller = new McpClient(before.uri(), "good")) {
      Answer answer = caller.callModern("echo", Map.of("message", "x"));
      assertThat(answer.status()).isEqualTo(502);
      assertThat(member(answer.last(), "error", "message"))
          .isEqualTo("the server cannot be reached");
      assertThat(before.gate().outcomes.getFirst().code()).isEqualTo("unreachable");
    }
  }

  @Test
  void drain_endsStreams_andWaitsForCalls() throws Exception {
    client.initialize();
    InputStream stream = client.listen().body();
    CompletableFuture<?> answer = client.begin(client.asking("slow", Map.of("key", "d")));
    fixture.slow("d").started().join();
    CompletableFuture<Void> drained = gateway.listener().drain().toCompletableFuture();
    stream.readAllBytes();
    assertThat(drained.isDone()).isFalse();
    fixture.slow("d").release();
    answer.join();
    drained.join();
    await().until(() -> gateway.gate().closed.contains(CloseReason.DRAINED));
  }

  @Test
  void drain_endsSubscriptions() throws Exception {
    CompletableFuture<HttpResponse<String>> stream =
        client.begin("subscriptions/listen", Map.of("notifications", Map.of()));
    await().until(() -> !fixture.received().isEmpty());
    CompletableFuture<Void> drained = gateway.listener().drain().toCompletableFuture();
    assertThat(stream.join().body()).contains("the gateway is shutting down");
    drained.join();
  }

  @Test
  void drain_endsWhatHasNoEnd_duringTheLogin() throws Exception {
    gateway.gate().looks = new CompletableFuture<>();
    CompletableFuture<HttpResponse<String>> stream =
        client.begin("subscriptions/listen", Map.of("notifications", Map.of()));
    await().until(() -> !gateway.gate().greeted.isEmpty());
    CompletableFuture<Void> drained = gateway.listener().drain().toCompletableFuture();
    assertThat(stream.join().statusCode()).isEqualTo(503);
    drained.join();
    gateway.gate().looks.complete(null);
    assertThat(fixture.received()).isEmpty();
  }
}
