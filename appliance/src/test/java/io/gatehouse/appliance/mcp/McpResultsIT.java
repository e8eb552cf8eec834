package io.gatehouse.appliance.mcp;

import static io.gatehouse.appliance.mcp.McpClient.last;
import static io.gatehouse.appliance.mcp.McpClient.text;
import static io.gatehouse.mcp.fixture.Json.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.recorded.JournalFolder;
import io.gatehouse.mcp.fixture.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back of a server behind the gate: masked, searched, and on record as it was given. */
class McpResultsIT {
  private static final String EMAIL = "ann.example@example.com";
  private static final String IBAN = "DE89370400440532013000";
  private static final String CARD = "4111111111111111";

  private static final String MORE =
      """
        - name: addresses-stay
          callers: {groups: [agents]}
          resources: {tools: [customer]}
          verdict: mask
          fields: [structuredContent.email, structuredContent.iban]
        - name: cards-stay
          verdict: detect
          detector: cards
      detectors:
        cards: {kinds: [pan]}
      """;

  private static final Map<String, Object> CUSTOMER =
      Map.of("name", "customer", "arguments", Map.of("id", 17));

  @TempDir private Path folder;
  @AutoClose private McpScene scene;

  @BeforeEach
  void serve() throws Exception {
    scene = new McpScene(folder);
    Path policy = scene.file("policy.yaml");
    Files.writeString(policy, Files.readString(policy) + MORE);
    assertThat(scene.gate().reload()).isTrue();
  }

  private static void masked(Map<String, Object> answer) {
    assertThat(Json.write(answer)).doesNotContain(EMAIL, IBAN, CARD).contains("[pan]");
    Object customer = member(answer, "result", "structuredContent");
    assertThat(member(customer, "id")).hasToString("17");
    assertThat(member(customer, "name")).isEqualTo("Ann Example");
    assertThat(member(customer, "email")).isInstanceOf(String.class);
    assertThat(Json.read(text(answer))).as("the duplicate as text").isEqualTo(customer);
  }

  @Test
  void fieldsAreMasked_andFindingsReplaced_inBothErasAndInTheDuplicate() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann")).open()) {
      masked(ann.answer("tools/call", CUSTOMER));
      HttpResponse<String> today = ann.askToday("tools/call", CUSTOMER);
      assertThat(today.statusCode()).isEqualTo(200);
      masked(last(today));
      assertThat(text(ann.call("echo", Map.of("message", "it is " + CARD + "."))))
          .isEqualTo("it is [pan].");
    }
  }

  @Test
  void record_hasWhatTheClientGot() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann"))) {
      ann.askToday("tools/call", CUSTOMER);
    }
    List<JournalFolder.Entry> results = scene.entries(Kind.RESULT);
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(entry.fields().values().stream().map(JournalFolder::text).toList())
                    .allSatisfy(text -> assertThat(text).doesNotContain(EMAIL, IBAN, CARD)))
        .anySatisfy(
            entry ->
                assertThat(entry.fields().values().stream().map(JournalFolder::text).toList())
                    .anySatisfy(text -> assertThat(text).contains("Ann Example")));
    assertThat(scene.entries(Kind.COMMAND_OUTCOME))
        .anySatisfy(
            entry -> {
              assertThat(entry.rows("masks")).isNotEmpty();
              assertThat(entry.rows("findings")).isNotEmpty();
            });
    assertThat(scene.journal.audit().findings()).isEmpty();
  }
}
