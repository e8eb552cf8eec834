package io.gatehouse.mcp.relay;

import static io.gatehouse.mcp.fixture.Json.member;
import static io.gatehouse.mcp.relay.AttackIT.NO;
import static io.gatehouse.mcp.relay.AttackIT.listing;
import static io.gatehouse.mcp.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.fixture.McpFixture;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.Gateway;
import io.gatehouse.mcp.testing.McpClient;
import io.gatehouse.mcp.testing.McpClient.Answer;
import io.gatehouse.mcp.testing.RawClient;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that are too many, another's, or over too early. */
@Timeout(60)
class HostileSessionsIT {
  @AutoClose private final McpFixture fixture = new McpFixture();
  @AutoClose private final Gateway gateway = Gateway.to(fixture.uri());
  @AutoClose private final McpClient client = new McpClient(gateway.uri(), "good");

  @Test
  void sessionThatDoesNotBegin_takesNoPlace() throws Exception {
    try (Gateway small = Gateway.to(fixture.uri(), Front.PATIENT.with(Limit.MCP_CONVERSATIONS, 1));
        McpClient caller = new McpClient(small.uri(), "good")) {
      small.gate().script((_, _, _) -> new Decision.Refuse(NO));
      for (int i = 0; i < 3; i++) {
        Answer answer = caller.initialize();
        assertThat(member(answer.last(), "error", "message")).isEqualTo("refused by the script");
        caller.session("");
      }
    }
  }

  /** One caller leaves room for the others. */
  @Test
  void sessionsOfOneToken_areBounded() throws Exception {
    Limits limits = Front.PATIENT.with(Limit.MCP_CONVERSATIONS_PER_TOKEN, 2);
    try (Gateway small = Gateway.to(fixture.uri(), limits);
        McpClient greedy = new McpClient(small.uri(), "good");
        McpClient other = new McpClient(small.uri(), "good too")) {
      greedy.initialize();
      String begun = greedy.session();
      assertThat(greedy.modern("tools/list", Map.of()).status()).isEqualTo(200);
      greedy.session("");
      Answer third = greedy.initialize();
      assertThat(third.status()).isEqualTo(429);
      assertThat(member(third.last(), "error", "message"))
          .isEqualTo("this token has too many sessions");
      assertThat(member(third.last(), "error", "data", "detail"))
          .isEqualTo("Limit: mcp-conversations-per-token.");
      assertThat(small.meters.reached).containsExactly(Limit.MCP_CONVERSATIONS_PER_TOKEN);
      assertThat(other.initialize().status()).isEqualTo(200);
      greedy.session(begun);
      greedy.end();
      greedy.session("");
      assertThat(greedy.initialize().status()).isEqualTo(200);
    }
  }

  /** What is decided by a caller's address is decided by that of each request. */
  @Test
  void tokenFromElsewhere_isAnotherLogin() throws Exception {
    client.initialize();
    client.modern("tools/list", Map.of());
    int before = gateway.gate().greeted.size();
    int port = gateway.uri().getPort();
    InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port, elsewhere, 0)) {
      other.getOutputStream().write(listing().getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(other.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
    assertThat(gateway.gate().greeted).hasSize(before + 1);
  }

  @Test
  void sessionKilledDuringItsLogin_isClosedOnce() throws Exception {
    gateway.gate().looks = new CompletableFuture<>();
    try (RawClient waiting = RawClient.plain(gateway.uri().getPort())) {
      waiting.send(listing());
      await().until(() -> !gateway.gate().greeted.isEmpty());
      gateway.gate().control().kill(NO, CloseReason.KILLED);
      RawClient.Answer answer = waiting.answer();
      assertThat(answer).isNotNull();
      assertThat(answer.body()).contains("refused by the script");
    }
    gateway.gate().looks.complete(null);
    assertThat(client.modern("tools/list", Map.of()).status()).isEqualTo(200);
    assertThat(gateway.gate().closed).containsExactly(CloseReason.KILLED);
    assertThat(gateway.gate().submitted).hasSize(1);
  }

  /** It is found on one loop while it ends on another. */
  @Test
  void conversationThatEnds_isBegunAnew_inTheNewerEra() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    gateway.gate().script((_, _, _) -> held(asked, goOn));
    int port = gateway.uri().getPort();
    // Connections are given to the two loops by turns.
    try (RawClient first = RawClient.plain(port).send(listing())) {
      asked.join();
      gateway.gate().control().kill(NO, CloseReason.KILLED);
      try (RawClient second = RawClient.plain(port).send(listing());
          RawClient _ = RawClient.plain(port);
          RawClient third = RawClient.plain(port).send("GET / HTTP/1.1\r\n\r\n")) {
        assertThat(third.head()).startsWith("http/1.1 400");
        goOn.countDown();
        RawClient.Answer anew = second.answer();
        assertThat(anew).isNotNull();
        assertThat(anew.status()).isEqualTo(200);
        assertThat(anew.body()).contains("\"tools\"");
      }
      assertThat(first.answer()).isNotNull();
    }
    assertThat(gateway.gate().greeted).hasSize(2);
  }

  private static Decision held(CompletableFuture<Void> asked, CountDownLatch goOn) {
    asked.complete(null);
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Decision.RUN;
  }
}
