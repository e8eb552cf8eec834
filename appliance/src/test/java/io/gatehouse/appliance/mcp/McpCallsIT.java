package io.gatehouse.appliance.mcp;

import static io.gatehouse.appliance.mcp.McpClient.last;
import static io.gatehouse.appliance.mcp.McpClient.text;
import static io.gatehouse.mcp.fixture.Json.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.recorded.JournalFolder;
import io.gatehouse.mcp.fixture.Json;
import io.gatehouse.mcp.fixture.Received;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers get of a server behind the gate, and what is on record of it. */
class McpCallsIT {
  private static final List<String> MAY = List.of("add", "echo", "slow", "stream");

  @TempDir private Path folder;
  @AutoClose private McpScene scene;

  @BeforeEach
  void serve() throws Exception {
    scene = new McpScene(folder);
  }

  private static List<String> names(Map<String, Object> answer) {
    Object tools = member(answer, "result", "tools");
    assertThat(tools).as(Json.write(answer)).isInstanceOf(List.class);
    return ((List<?>) tools).stream().map(tool -> String.valueOf(member(tool, "name"))).toList();
  }

  private List<String> bodies() {
    return scene.server.received().stream().map(Received::body).toList();
  }

  @Test
  void sessionOfTheOlderEra_seesAndCallsWhatThePolicyAllows() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann")).open()) {
      assertThat(names(ann.answer("tools/list", Map.of())))
          .containsExactlyInAnyOrderElementsOf(MAY);
      assertThat(text(ann.call("echo", Map.of("message", "hello")))).isEqualTo("hello");
      Map<String, Object> sum =
          ann.call("add", Map.of("a", new BigDecimal("1.5"), "b", BigDecimal.ONE));
      assertThat(text(sum)).isEqualTo("2.5");
    }
  }

  @Test
  void requestsOfTheNewerEra_seeAndCallWhatThePolicyAllows() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann"))) {
      assertThat(names(last(ann.askToday("tools/list", Map.of()))))
          .containsExactlyInAnyOrderElementsOf(MAY);
      Map<String, Object> hello =
          Map.of("name", "echo", "arguments", Map.of("message", "hello today"));
      assertThat(text(last(ann.askToday("tools/call", hello)))).isEqualTo("hello today");
      Map<String, Object> steps = Map.of("name", "stream", "arguments", Map.of("steps", 3));
      assertThat(text(last(ann.askToday("tools/call", steps)))).isEqualTo("3 steps");
    }
  }

  @Test
  void toolThatIsNotAllowed_isNotCalled_andTheCallerIsToldWhy() throws Exception {
    Map<String, Object> customer = Map.of("name", "customer", "arguments", Map.of("id", 17));
    try (McpClient ann = scene.client(scene.token("ann")).open()) {
      assertThat(Json.write(ann.answer("tools/call", customer))).contains("default-deny");
      assertThat(ann.askToday("tools/call", customer).body()).contains("default-deny");
      assertThat(Json.write(ann.call("echo", Map.of("message", "a secret"))))
          .contains("nothing-secret", "secrets are not repeated");
      assertThat(text(ann.call("echo", Map.of("message", "no harm")))).isEqualTo("no harm");
    }
    assertThat(bodies()).noneMatch(body -> body.contains("customer") || body.contains("a secret"));
  }

  @Test
  void callerOfNoGroup_getsNothing() throws Exception {
    try (McpClient eve = scene.client(scene.token("eve"))) {
      assertThat(eve.askToday("tools/list", Map.of()).body()).contains("default-deny");
      Map<String, Object> hello = Map.of("name", "echo", "arguments", Map.of("message", "x"));
      assertThat(eve.askToday("tools/call", hello).body()).contains("default-deny");
    }
    assertThat(bodies()).isEmpty();
  }

  @Test
  void server_seesTheGatesCredentialAndNoClientsToken() throws Exception {
    String token = scene.token("ann");
    try (McpClient ann = scene.plainClient(token).open()) {
      ann.call("echo", Map.of("message", "hello"));
    }
    assertThat(scene.server.received())
        .isNotEmpty()
        .allSatisfy(
            received -> {
              assertThat(received.path()).isEqualTo("/mcp");
              assertThat(received.header("Authorization")).isEqualTo("Bearer " + McpScene.HELD);
              assertThat(received.headers().toString()).doesNotContain(token);
            });
  }

  @Test
  void account_isOfItsCaller() throws Exception {
    try (McpClient carl = scene.client(scene.token("carl"));
        McpClient dora = scene.client(scene.token("dora"))) {
      assertThat(carl.askToday("tools/list", Map.of()).statusCode()).isEqualTo(200);
      assertThat(dora.askToday("tools/list", Map.of()).statusCode()).isEqualTo(200);
    }
    Received ofCarl = scene.server.received().getFirst();
    assertThat(ofCarl.header("X-Api-Key")).isEqualTo(McpScene.HELD);
    assertThat(ofCarl.header("Authorization")).isEmpty();
    Received ofDora = scene.server.received().getLast();
    assertThat(ofDora.header("X-Api-Key")).isEmpty();
    assertThat(ofDora.header("Authorization")).isEmpty();
  }

  @Test
  void credentialThatChanges_isTheNewOneAfterAReload() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann"))) {
      ann.askToday("tools/list", Map.of());
      Files.writeString(scene.file("tools.token"), "another\n");
      assertThat(scene.gate().reload()).isTrue();
      try (McpClient bob = scene.client(scene.token("bob"))) {
        HttpResponse<String> answer = bob.askToday("tools/list", Map.of());
        assertThat(answer.statusCode()).isEqualTo(200);
      }
    }
    assertThat(scene.server.received().getLast().header("Authorization"))
        .isEqualTo("Bearer another");
  }

  @Test
  void policyThatChanges_countsFromTheNextCallOn() throws Exception {
    Map<String, Object> two = Map.of("a", BigDecimal.ONE, "b", BigDecimal.ONE);
    try (McpClient ann = scene.client(scene.token("ann")).open()) {
      assertThat(text(ann.call("add", two))).isEqualTo("2");
      Path policy = scene.file("policy.yaml");
      Files.writeString(policy, Files.readString(policy).replace("[echo, add,", "[echo,"));
      assertThat(scene.gate().reload()).isTrue();
      assertThat(Json.write(ann.call("add", two))).contains("default-deny");
      assertThat(names(ann.answer("tools/list", Map.of()))).doesNotContain("add");
    }
  }

  @Test
  void everything_isOnRecord() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann")).open()) {
      ann.call("echo", Map.of("message", "hello"));
      ann.call("customer", Map.of("id", 17));
    }
    List<JournalFolder.Entry> opened = scene.entries(Kind.SESSION_OPENED);
    assertThat(opened)
        .isNotEmpty()
        .allSatisfy(
            entry -> {
              assertThat(entry.text("subject")).isEqualTo("ann");
              assertThat(entry.text("method")).isEqualTo("token");
              assertThat(entry.text("issuer")).isEqualTo(scene.provider.issuer());
              assertThat(entry.text("target")).isEqualTo("tools");
            });
    assertThat(opened).anySatisfy(entry -> assertThat(entry.text("software")).contains("gate-it"));
    List<JournalFolder.Entry> asked = scene.entries(Kind.COMMAND_INTENT);
    assertThat(asked)
        .anySatisfy(
            entry -> {
              assertThat(entry.text("rule")).isEqualTo("agents-use-tools");
              assertThat(entry.text("verdict")).isEqualTo("allow");
              assertThat(entry.text("operation")).isEqualTo("call");
              assertThat(entry.text("text")).contains("hello");
            })
        .anySatisfy(
            entry -> {
              assertThat(entry.text("rule")).isEqualTo("default-deny");
              assertThat(entry.text("verdict")).isEqualTo("deny");
              assertThat(entry.text("accesses")).contains("customer");
            });
    assertThat(scene.entries(Kind.COMMAND_OUTCOME).stream().map(entry -> entry.text("outcome")))
        .contains("succeeded", "refused");
    assertThat(scene.entries(Kind.SESSION_CLOSED)).hasSameSizeAs(opened);
    assertThat(scene.journal.audit().findings()).isEmpty();
  }
}
