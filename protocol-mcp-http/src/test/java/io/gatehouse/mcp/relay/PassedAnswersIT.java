package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.fixture.Json.member;
import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.fixture.Json;
import io.gatehouse.mcp.fixture.McpFixture;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.McpClient.Answer;
import io.gatehouse.mcp.testing.Plans;
import io.gatehouse.mcp.testing.ScriptedGate.Told;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.ContentShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Unrecorded;
import io.gatehouse.spi.json.JsonEdit;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back for calls, message by message. */
class PassedAnswersIT {
  private static final Refusal NO =
      Refusal.of(Refusal.Kind.POLICY, "refused by the script").withDetail("Rule: test.");

  @AutoClose private final McpFixture fixture = new McpFixture();
  @AutoClose private final Gateway gateway = Gateway.to(fixture.uri());
  @AutoClose private final McpClient client = new McpClient(gateway.uri(), "good");

  private static Object code(Answer answer) {
    return member(answer.last(), "error", "code");
  }

  @Test
  void messagesOfAStream_passOneByOne() throws Exception {
    CopyOnWriteArrayList<String> seen = new CopyOnWriteArrayList<>();
    gateway
        .gate()
        .script(
            Plans.tools(
                Plans.shaped(
                    content -> {
                      seen.add(
                          content.text().root().find("method").map(m -> m.text()).orElse("result"));
                      return ContentShape.PASS;
                    })));
    client.initialize();
    Answer answer = client.call("stream", Map.of("steps", 3));
    assertThat(answer.messages()).hasSize(4);
    assertThat(McpClient.text(answer)).isEqualTo("3 steps");
    assertThat(seen)
        .containsExactly(
            "notifications/progress", "notifications/progress", "notifications/progress", "result");
    assertThat(gateway.gate().outcomes.getLast())
        .isEqualTo(new Told(OutcomeKind.SUCCEEDED, 4, null));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answer_isChangedOnItsWay(boolean modern) throws Exception {
    gateway
        .gate()
        .script(
            Plans.tools(
                Plans.shaped(
                    content -> {
                      JsonEdit edit = new JsonEdit(content.text());
                      content
                          .value()
                          .find("structuredContent")
                          .flatMap(customer -> customer.find("email"))
                          .ifPresent(email -> edit.text(email, "***"));
                      return new ContentShape.Rewrite(edit);
                    })));
    if (!modern) {
      client.initialize();
    }
    Map<String, Object> which = Map.of("id", 17);
    Answer answer = modern ? client.callModern("customer", which) : client.call("customer", which);
    assertThat(member(answer.last(), "result", "structuredContent", "email")).isEqualTo("***");
    assertThat(member(answer.last(), "result", "structuredContent", "name"))
        .isEqualTo("Ann Example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "stream"})
  void answer_thatIsVetoed_isAnErrorInItsPlace(String tool) throws Exception {
    gateway
        .gate()
        .script(
            Plans.tools(
                Plans.shaped(
                    content ->
                        content.value().find("content").isPresent()
                            ? new ContentShape.Veto(NO)
                            : ContentShape.PASS)));
    client.initialize();
    Answer answer = client.call(tool, Map.of("message", "secret", "steps", 2));
    assertThat(code(answer)).isEqualTo(new BigDecimal(403));
    assertThat(Json.write(answer.messages())).doesNotContain("secret").doesNotContain("2 steps");
    assertThat(gateway.gate().outcomes.getLast().kind()).isEqualTo(OutcomeKind.REFUSED);
  }

  @Test
  void listing_isOfWhatIsNamed() throws Exception {
    CopyOnWriteArrayList<String> names = new CopyOnWriteArrayList<>();
    gateway
        .gate()
        .script(
            (_, _, _) ->
                Plans.shaped(
                    content -> {
                      JsonEdit edit = new JsonEdit(content.text());
                      content
                          .listed()
                          .forEach(
                              item -> {
                                names.add(item.kind() + " " + item.name());
                                if (item.name().startsWith("a")) {
                                  edit.remove(item.item());
                                }
                              });
                      return new ContentShape.Rewrite(edit);
                    }));
    Answer answer = client.modern("tools/list", Map.of());
    assertThat(names).contains("TOOL add", "TOOL ask", "TOOL echo");
    assertThat(Json.write(answer.last())).contains("\"echo\"").doesNotContain("\"add\"");
    assertThat(member(answer.last(), "result", "cacheScope")).isEqualTo("private");
    names.clear();
    client.modern("resources/list", Map.of());
    client.modern("resources/templates/list", Map.of());
    client.modern("prompts/list", Map.of());
    assertThat(names)
        .containsExactly(
            "DOCUMENT note://1", "DOCUMENT note://blob", "DOCUMENT note://{id}", "PROMPT greeting");
  }

  @Test
  void answer_thatIsTooLarge_isAnErrorInItsPlace() throws Exception {
    gateway
        .gate()
        .script(Plans.tools(new Decision.Run(ResultPlan.UNTOUCHED, new ResultLimits(3, 10_000))));
    client.initialize();
    assertThat(client.call("big", Map.of("size", 9_000)).status()).isEqualTo(200);
    Answer large = client.call("big", Map.of("size", 10_001));
    assertThat(code(large)).isEqualTo(new BigDecimal(429));
    Answer many = client.call("stream", Map.of("steps", 5));
    assertThat(many.messages()).hasSize(4);
    assertThat(code(many)).isEqualTo(new BigDecimal(429));
  }

  @Test
  void whatTheClientGets_isOnRecordBefore() throws Exception {
    CopyOnWriteArrayList<String> recorded = new CopyOnWriteArrayList<>();
    gateway
        .gate()
        .script(
            Plans.tools(
                new Decision.Run(
                    Plans.plan(_ -> ContentShape.PASS),
                    ResultLimits.NONE,
                    (direction, bytes, last, _) -> {
                      recorded.add(direction + " " + bytes.toString(UTF_8) + last);
                      return true;
                    })));
    client.initialize();
    client.call("stream", Map.of("steps", 1));
    assertThat(recorded)
        .satisfiesExactly(
            one -> assertThat(one).startsWith("TO_CLIENT {").contains("progress").endsWith("false"),
            one -> assertThat(one).startsWith("TO_CLIENT {").contains("1 steps").endsWith("true"));
  }

  @Test
  void whatCannotBePutOnRecord_isNotSent_andEndsTheSession() throws Exception {
    ResultRecord full =
        (_, _, _, _) -> {
          throw new Unrecorded(Refusal.of(Refusal.Kind.UNAVAILABLE, "there is no room"));
        };
    gateway
        .gate()
        .script(Plans.tools(new Decision.Run(ResultPlan.UNTOUCHED, ResultLimits.NONE, full)));
    client.initialize();
    Answer answer = client.call("echo", Map.of("message", "secret"));
    assertThat(member(answer.last(), "error", "message")).isEqualTo("there is no room");
    assertThat(client.call("echo", Map.of("message", "x")).status()).isEqualTo(404);
    assertThat(gateway.gate().closed).containsExactly(CloseReason.INTERNAL_FAULT);
    await().until(() -> fixture.sessions().isEmpty());
  }

  @Test
  void stream_ofWhatTheServerSaysUnasked_isDecidedToo() throws Exception {
    client.initialize();
    gateway
        .gate()
        .script(
            (_, _, _) ->
                Plans.shaped(
                    content -> {
                      JsonEdit edit = new JsonEdit(content.text());
                      content.value().find("data").ifPresent(data -> edit.text(data, "***"));
                      return new ContentShape.Rewrite(edit);
                    }));
    try (InputStream stream = client.listen().body()) {
      await().until(() -> gateway.gate().submitted.contains("SESSION GET"));
      await()
          .until(
              () -> {
                fixture.announce(
                    "notifications/message", Map.of("level", "info", "data", "secret"));
                return stream.available() > 0;
              });
      byte[] some = new byte[4_096];
      int length = stream.read(some);
      StringBuilder text = new StringBuilder(new String(some, 0, length, UTF_8));
      while (text.indexOf("***") < 0) {
        text.append((char) stream.read());
      }
      assertThat(text.toString()).doesNotContain("secret");
    }
  }
}
