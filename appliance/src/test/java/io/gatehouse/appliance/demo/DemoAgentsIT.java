package io.gatehouse.appliance.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo's tools as agents use them: the client of the SDK as it comes, a token, and TLS. */
final class DemoAgentsIT {
  private static Demo demo;

  private final List<McpSyncClient> clients = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    demo = Demo.start(0);
  }

  @AfterAll
  static void stop() throws Exception {
    demo.close();
  }

  /** Its own close waits for nothing. */
  @AfterEach
  void closeClients() {
    clients.forEach(McpSyncClient::closeGracefully);
  }

  private static SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream file = Files.newInputStream(demo.certificateAuthority())) {
      trusted.setCertificateEntry(
          "demo", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private McpSyncClient agent(String token) throws Exception {
    SSLContext tls = trusting();
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(demo.agents().server().resolve("/").toString())
            .endpoint("/mcp")
            .customizeClient(http -> http.sslContext(tls))
            .addHttpRequestCustomizer(
                (request, method, uri, body, context) ->
                    request.header("Authorization", "Bearer " + token))
            .build();
    McpSyncClient client = McpClient.sync(transport).build();
    clients.add(client);
    client.initialize();
    return client;
  }

  private static CallToolResult call(McpSyncClient agent, String tool, Map<String, Object> with) {
    return agent.callTool(CallToolRequest.builder(tool).arguments(with).build());
  }

  private static List<String> tools(McpSyncClient agent) {
    return agent.listTools().tools().stream().map(Tool::name).toList();
  }

  @Test
  void agentOfAnalysts_seesWhatTheyMayCall_maskedAnswers_andWhyNot() throws Exception {
    McpSyncClient agent = agent(demo.agents().token());
    assertThat(tools(agent)).containsExactlyInAnyOrder("find_customers", "customer");

    CallToolResult customer = call(agent, "customer", Map.of("id", 7));
    assertThat(customer.structuredContent())
        .asString()
        .contains("customer7@bank.example", "0007")
        .doesNotContain("907-49", "90749");
    assertThat(((TextContent) customer.content().getFirst()).text())
        .contains("0007")
        .doesNotContain("907-49", "90749");

    assertThatThrownBy(() -> call(agent, "block_card", Map.of("id", 7)))
        .isInstanceOf(McpError.class)
        .hasMessageContaining("cards-are-blocked-by-people")
        .hasMessageContaining("a person decides that; ask one");
  }

  @Test
  void agentOfAnotherGroup_seesItsOwn() throws Exception {
    McpSyncClient agent = agent(demo.agents().token("newcomer", "apprentices"));
    assertThat(tools(agent)).containsExactly("find_customers");
    assertThat(call(agent, "find_customers", Map.of("name", "Ada Adler")).structuredContent())
        .asString()
        .contains("Ada Adler");
    assertThatThrownBy(() -> call(agent, "customer", Map.of("id", 7)))
        .isInstanceOf(McpError.class)
        .hasMessageContaining("customer");
  }

  @Test
  void agentOfNoGroup_isNotLetIn() {
    assertThatThrownBy(() -> agent(demo.agents().token("stranger", "nobody")))
        .hasStackTraceContaining("no rule");
  }
}
