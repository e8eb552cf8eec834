package io.gatehouse.mcp.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.mcp.fixture.McpFixture;
import io.gatehouse.mcp.fixture.Received;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The SDK's client with the fixture and with the SDK's own server, nothing between them. */
class JavaSdkIT {
  @AutoClose private final McpFixture fixture = new McpFixture();
  @AutoClose private final SdkServer server = new SdkServer();
  private final List<ProgressNotification> progress = new CopyOnWriteArrayList<>();
  private final List<McpSyncClient> clients = new ArrayList<>();

  /** Its own close waits for nothing, and would still talk to a server that is gone. */
  @AfterEach
  void closeClients() {
    clients.forEach(McpSyncClient::closeGracefully);
  }

  private McpSyncClient client(URI server) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(server.resolve("/").toString())
            .endpoint("/mcp")
            .addHttpRequestCustomizer(
                (request, method, uri, body, context) ->
                    request.header("Authorization", "Bearer of-a-test"))
            .build();
    McpSyncClient client =
        McpClient.sync(transport)
            .progressConsumer(progress::add)
            .elicitation(
                asked ->
                    ElicitResult.builder(ElicitResult.Action.ACCEPT)
                        .content(Map.of("answer", asked.message()))
                        .build())
            .build();
    clients.add(client);
    client.initialize();
    return client;
  }

  private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> with) {
    return client.callTool(CallToolRequest.builder(tool).arguments(with).build());
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  @Test
  void listsTheToolsOfTheFixture() {
    McpSyncClient client = client(fixture.uri());
    assertThat(client.listTools().tools())
        .extracting(Tool::name)
        .containsExactly("add", "ask", "big", "customer", "echo", "fails", "slow", "stream");
  }

  @Test
  void callsATool() {
    McpSyncClient client = client(fixture.uri());
    assertThat(text(call(client, "echo", Map.of("message", "héllo \"there\"\n"))))
        .isEqualTo("héllo \"there\"\n");
    assertThat(text(call(client, "add", Map.of("a", 2, "b", 40)))).isEqualTo("42");
  }

  @Test
  void readsStructuredContentAndItsCopyAsText() {
    McpSyncClient client = client(fixture.uri());
    CallToolResult result = call(client, "customer", Map.of("id", 17));

    assertThat(text(result)).contains("\"iban\":\"DE89370400440532013000\"");
    assertThat(result.structuredContent().toString()).contains("ann.example@example.com");
  }

  @Test
  void hearsOfProgressOnTheStream() {
    McpSyncClient client = client(fixture.uri());
    CallToolRequest request =
        CallToolRequest.builder("stream")
            .arguments(Map.of("steps", 3))
            .progressToken("p-1")
            .build();

    assertThat(text(client.callTool(request))).isEqualTo("3 steps");
    assertThat(progress).extracting(ProgressNotification::progress).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void answersWhatTheServerAsksOnTheStream() {
    McpSyncClient client = client(fixture.uri());
    assertThat(text(call(client, "ask", Map.of("question", "why?"))))
        .isEqualTo("answered: accept {\"answer\":\"why?\"}");
  }

  @Test
  void tellsAFailureFromARefusal() {
    McpSyncClient client = client(fixture.uri());
    assertThat(call(client, "fails", Map.of("message", "no")).isError()).isTrue();
    assertThatThrownBy(() -> call(client, "none", Map.of()))
        .isInstanceOf(McpError.class)
        .hasMessageContaining("Unknown tool");
  }

  @Test
  void readsResourcesAndPrompts() {
    McpSyncClient client = client(fixture.uri());
    TextResourceContents read =
        (TextResourceContents)
            client
                .readResource(ReadResourceRequest.builder("note://1").build())
                .contents()
                .getFirst();
    assertThat(read.text()).isEqualTo("Write to ann.example@example.com");
    assertThat(client.listResourceTemplates().resourceTemplates()).hasSize(1);
    GetPromptRequest request =
        GetPromptRequest.builder("greeting").arguments(Map.of("name", "Ann")).build();
    assertThat(client.getPrompt(request).messages().getFirst().content().toString())
        .contains("Hello Ann");
  }

  @Test
  void isSeenByTheFixtureWithItsHeaders() {
    McpSyncClient client = client(fixture.uri());
    call(client, "echo", Map.of("message", "seen"));
    closeClients();
    List<Received> calls =
        fixture.received().stream().filter(r -> r.body().contains("tools/call")).toList();

    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().header("Authorization")).isEqualTo("Bearer of-a-test");
    assertThat(calls.getFirst().header("MCP-Protocol-Version")).isEqualTo(McpFixture.LEGACY);
    assertThat(fixture.sessions()).isEmpty();
  }

  @Test
  void callsAToolOfTheSdksOwnServer() {
    McpSyncClient client = client(server.uri());

    assertThat(client.getServerInfo().name()).isEqualTo("sdk");
    assertThat(text(call(client, "echo", Map.of("message", "héllo")))).isEqualTo("héllo");
  }
}
