package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.fixture.Json.member;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.fixture.McpFixture;
import io.gatehouse.mcp.fixture.Received;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.McpClient.Answer;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of calls when the gate's own token ends, or is not taken any more. */
class HeldTokenIT {
  @AutoClose private final McpFixture fixture = new McpFixture();
  private final Kept kept = new Kept();
  @AutoClose private final Gateway gateway = Gateway.to(fixture.uri(), kept.begin("first"));
  @AutoClose private final McpClient client = new McpClient(gateway.uri(), "good");

  /** Has what it is given, and then no other. */
  private static final class Kept implements Credential.Keeper {
    private final Deque<String> others = new ArrayDeque<>();
    private Optional<Credential> newest = Optional.empty();
    private boolean ended;
    private int asked;

    Credential begin(String token) {
      Credential first =
          new Credential("authorization", HeldSecret.of(Secret.of(token.getBytes(UTF_8))), this);
      newest = Optional.of(first);
      return first;
    }

    synchronized void gets(String token) {
      others.add(token);
    }

    synchronized void ends() {
      ended = true;
    }

    synchronized int asked() {
      return asked;
    }

    @Override
    public synchronized Optional<Credential> current(Credential held) {
      return ended ? Optional.empty() : newest;
    }

    @Override
    public synchronized CompletionStage<Optional<Credential>> another(Credential refused) {
      asked++;
      Optional<String> other = Optional.ofNullable(others.poll());
      other.ifPresent(
          token -> {
            ended = false;
            begin(token);
          });
      return CompletableFuture.completedFuture(other.flatMap(_ -> newest));
    }
  }

  private List<String> shown() {
    return fixture.received().stream()
        .filter(request -> request.body().contains("tools/call"))
        .map(request -> request.header("Authorization"))
        .toList();
  }

  private void admit(String token) {
    fixture.admit((Received request) -> request.header("Authorization").equals("Bearer " + token));
  }

  private static void assertRefused(Answer answer, String words) {
    assertThat(answer.status()).isEqualTo(502);
    assertThat(String.valueOf(member(answer.last(), "error", "message"))).contains(words);
  }

  @Test
  void refusedToken_isReplaced_andTheCallerNoticesNothing() throws Exception {
    client.initialize();
    kept.gets("second");
    admit("second");

    assertThat(McpClient.text(client.call("echo", Map.of("message", "a")))).isEqualTo("a");
    assertThat(McpClient.text(client.callModern("echo", Map.of("message", "b")))).isEqualTo("b");

    assertThat(shown()).containsExactly("Bearer first", "Bearer second", "Bearer second");
    assertThat(gateway.gate().outcomes).noneMatch(told -> told.toString().contains("FAILED"));
  }

  @Test
  void refusedTokenWithoutAnother_isToldInWords() throws Exception {
    admit("nobody's");

    assertRefused(
        client.callModern("echo", Map.of("message", "a")),
        "the gateway has no credential that the server takes");

    assertThat(shown()).containsExactly("Bearer first");
    assertThat(kept.asked()).isEqualTo(1);
  }

  @Test
  void serverThatTakesNone_isAskedTwice() throws Exception {
    kept.gets("second");
    kept.gets("third");
    admit("nobody's");

    assertRefused(
        client.callModern("echo", Map.of("message", "a")),
        "the gateway has no credential that the server takes");

    assertThat(shown()).containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void endedToken_isReplacedBeforeAnythingIsAsked() throws Exception {
    client.initialize();
    kept.ends();
    kept.gets("second");

    assertThat(McpClient.text(client.call("echo", Map.of("message", "a")))).isEqualTo("a");

    assertThat(shown()).containsExactly("Bearer second");
  }

  @Test
  void endedTokenWithoutAnother_isNotShown() throws Exception {
    client.initialize();
    kept.ends();

    assertRefused(
        client.call("echo", Map.of("message", "a")),
        "the gateway has no credential that the server takes");
    assertThat(shown()).isEmpty();

    kept.gets("second");
    assertThat(McpClient.text(client.call("echo", Map.of("message", "a")))).isEqualTo("a");
  }

  @Test
  void largeCall_isNotAskedAgain_butTheNextOneHasTheOtherToken() throws Exception {
    kept.gets("second");
    admit("second");
    String large = "x".repeat(1 << 17);

    assertRefused(
        client.callModern("echo", Map.of("message", large)),
        "the gateway has no credential that the server takes");
    assertThat(McpClient.text(client.callModern("echo", Map.of("message", large))))
        .isEqualTo(large);

    assertThat(shown()).containsExactly("Bearer first", "Bearer second");
  }
}
