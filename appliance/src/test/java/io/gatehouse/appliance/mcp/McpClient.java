package io.gatehouse.appliance.mcp;

import static io.gatehouse.mcp.fixture.Json.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.fixture.Json;
import io.gatehouse.mcp.fixture.McpFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A client of both eras that shows exactly what was answered. Says nothing of a token if empty. */
final class McpClient implements AutoCloseable {
  private static final String SESSION = "Mcp-Session-Id";

  private final URI place;
  private final HttpClient http;
  private final AtomicInteger ids = new AtomicInteger();
  private String token;
  private String session = "";

  McpClient(URI place, Optional<SSLContext> tls, String token) {
    this.place = place;
    this.token = token;
    HttpClient.Builder builder = HttpClient.newBuilder();
    tls.ifPresent(builder::sslContext);
    http = builder.build();
  }

  /** From now on. */
  void show(String another) {
    token = another;
  }

  String session() {
    return session;
  }

  /** From now on in this session. */
  void in(String another) {
    session = another;
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Accept", "application/json, text/event-stream");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(place.resolve(path)));
  }

  private HttpRequest.Builder posting(String body) {
    return request(place)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  /** Of the older era. */
  private HttpRequest.Builder asking(String method, Map<String, Object> params) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("id", ids.incrementAndGet());
    message.put("method", method);
    message.put("params", params);
    HttpRequest.Builder request = posting(Json.write(message));
    if (!session.isEmpty()) {
      request.header(SESSION, session).header("MCP-Protocol-Version", McpFixture.LEGACY);
    }
    return request;
  }

  HttpResponse<String> ask(String method, Map<String, Object> params) throws Exception {
    return send(asking(method, params));
  }

  HttpResponse<String> initialize() throws Exception {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("protocolVersion", McpFixture.LEGACY);
    params.put("capabilities", Map.of());
    params.put("clientInfo", Map.of("name", "gate-it", "version", "1.2"));
    HttpResponse<String> answer = ask("initialize", params);
    session = answer.headers().firstValue(SESSION).orElse("");
    return answer;
  }

  /** Opens a session of the older era, as clients do. */
  McpClient open() throws Exception {
    HttpResponse<String> answer = initialize();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String initialized = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    HttpRequest.Builder told =
        posting(initialized)
            .header(SESSION, session)
            .header("MCP-Protocol-Version", McpFixture.LEGACY);
    assertThat(send(told).statusCode()).isEqualTo(202);
    return this;
  }

  /** The message that answers. */
  Map<String, Object> answer(String method, Map<String, Object> params) throws Exception {
    return last(ask(method, params));
  }

  Map<String, Object> call(String tool, Map<String, Object> arguments) throws Exception {
    return answer("tools/call", Map.of("name", tool, "arguments", arguments));
  }

  CompletableFuture<HttpResponse<String>> calling(String tool, Map<String, Object> arguments) {
    return http.sendAsync(
        asking("tools/call", Map.of("name", tool, "arguments", arguments)).build(),
        BodyHandlers.ofString());
  }

  /** Of the newer era. */
  HttpResponse<String> askToday(String method, Map<String, Object> params) throws Exception {
    HttpRequest.Builder request =
        posting(McpFixture.request(ids.incrementAndGet(), method, params))
            .header("MCP-Protocol-Version", McpFixture.MODERN)
            .header("Mcp-Method", method);
    if (params.get("name") instanceof String name) {
      request.header("Mcp-Name", name);
    }
    return send(request);
  }

  /** The last message of an answer, which is JSON or events. */
  static Map<String, Object> last(HttpResponse<String> answer) {
    return messages(answer).getLast();
  }

  static List<Map<String, Object>> messages(HttpResponse<String> answer) {
    assertThat(answer.body()).as("the body of a %d", answer.statusCode()).isNotEmpty();
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("text/event-stream")) {
      return List.of(Json.object(Json.read(answer.body())));
    }
    List<Map<String, Object>> messages = new ArrayList<>();
    answer
        .body()
        .lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring("data:".length()).strip())
        .filter(data -> !data.isEmpty())
        .forEach(data -> messages.add(Json.object(Json.read(data))));
    return messages;
  }

  /** The first text of what a tool answered. */
  static String text(Map<String, Object> answer) {
    Object content = member(answer, "result", "content");
    assertThat(content).as(Json.write(answer)).isInstanceOf(List.class);
    return String.valueOf(member(((List<?>) content).getFirst(), "text"));
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
