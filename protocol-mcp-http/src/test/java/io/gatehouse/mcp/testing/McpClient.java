package io.gatehouse.mcp.testing;

import static io.gatehouse.mcp.fixture.Json.member;

import io.gatehouse.mcp.fixture.Json;
import io.gatehouse.mcp.fixture.McpFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A client of both eras that shows what came, message by message. Of one thread. */
public final class McpClient implements AutoCloseable {

  /**
   * @param messages of a body or of the events of a stream, in order
   */
  public record Answer(int status, Map<String, List<String>> headers, List<Object> messages) {
    /** The last message. */
    public Object last() {
      return messages.getLast();
    }

    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI uri;
  private final String token;
  private String session = "";
  private int id;

  public McpClient(URI uri, String token) {
    this.uri = uri;
    this.token = token;
  }

  /** Begins a session of the older era. */
  public Answer initialize() throws Exception {
    Answer answer =
        legacy(
            "initialize",
            Map.of(
                "protocolVersion", McpFixture.LEGACY,
                "capabilities", Map.of("elicitation", Map.of(), "sampling", Map.of()),
                "clientInfo", Map.of("name", "test", "version", "1")));
    session = answer.header("mcp-session-id");
    if (answer.status() == 200 && !session.isEmpty()) {
      tell(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
    }
    return answer;
  }

  public String session() {
    return session;
  }

  public void session(String other) {
    session = other;
  }

  /** A request of the older era. */
  public Answer legacy(String method, Map<String, Object> params) throws Exception {
    return tell(Map.of("jsonrpc", "2.0", "id", ++id, "method", method, "params", params));
  }

  /** Any message of the older era. */
  public Answer tell(Map<String, Object> message) throws Exception {
    return send(legacyRequest(Json.write(message)));
  }

  private HttpRequest.Builder legacyRequest(String body) {
    HttpRequest.Builder request = post(body).header("MCP-Protocol-Version", McpFixture.LEGACY);
    return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
  }

  /** A call of a tool, in the older era. */
  public Answer call(String tool, Map<String, Object> arguments) throws Exception {
    return legacy("tools/call", calling(tool, arguments));
  }

  private static Map<String, Object> calling(String tool, Map<String, Object> arguments) {
    return Map.of("name", tool, "arguments", arguments, "_meta", Map.of("progressToken", "t"));
  }

  /** A call of a tool, in the newer era. */
  public Answer callModern(String tool, Map<String, Object> arguments) throws Exception {
    return modern("tools/call", Map.of("name", tool, "arguments", arguments));
  }

  /** A request of the newer era. */
  public Answer modern(String method, Map<String, Object> params) throws Exception {
    return send(modernRequest(method, params));
  }

  public HttpRequest.Builder modernRequest(String method, Map<String, Object> params) {
    Map<String, Object> own = new LinkedHashMap<>(params);
    HttpRequest.Builder request =
        post(McpFixture.request(++id, method, own))
            .header("MCP-Protocol-Version", McpFixture.MODERN)
            .header("Mcp-Method", method);
    Object name = params.getOrDefault("name", params.get("uri"));
    return name == null ? request : request.header("Mcp-Name", String.valueOf(name));
  }

  /** A message as it stands, with the token. */
  public HttpRequest.Builder post(byte[] body) {
    return asking(HttpRequest.newBuilder(uri))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder post(String body) {
    return post(body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder asking(HttpRequest.Builder request) {
    request.header("Accept", "application/json, text/event-stream");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** GET, whose stream is read by the test. */
  public HttpResponse<InputStream> listen() throws Exception {
    return http.send(
        asking(HttpRequest.newBuilder(uri)).header("Mcp-Session-Id", session).GET().build(),
        BodyHandlers.ofInputStream());
  }

  /** GET that goes on behind that event. */
  public HttpResponse<InputStream> listen(String lastEventId) throws Exception {
    HttpRequest.Builder request = asking(HttpRequest.newBuilder(uri));
    return http.send(
        request
            .header("Mcp-Session-Id", session)
            .header("Last-Event-ID", lastEventId)
            .GET()
            .build(),
        BodyHandlers.ofInputStream());
  }

  /** A call of a tool in the older era, with all that came for it. */
  public String stream(String tool) throws Exception {
    return http.send(asking(tool, Map.of()).build(), BodyHandlers.ofString()).body();
  }

  /** The same for any message. */
  public String raw(Map<String, Object> message) throws Exception {
    return http.send(legacyRequest(Json.write(message)).build(), BodyHandlers.ofString()).body();
  }

  public Answer end() throws Exception {
    return send(asking(HttpRequest.newBuilder(uri)).header("Mcp-Session-Id", session).DELETE());
  }

  /** A request of the newer era that the test may give up. */
  public CompletableFuture<HttpResponse<String>> begin(String method, Map<String, Object> params) {
    return http.sendAsync(modernRequest(method, params).build(), BodyHandlers.ofString());
  }

  /** The same of the older era. */
  public CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** A call of a tool in the older era, to be sent. */
  public HttpRequest.Builder asking(String tool, Map<String, Object> arguments) {
    return legacyRequest(
        Json.write(
            Map.of(
                "jsonrpc",
                "2.0",
                "id",
                ++id,
                "method",
                "tools/call",
                "params",
                calling(tool, arguments))));
  }

  /** A call of a tool in the older era, answering with this what the server asks meanwhile. */
  public Answer call(String tool, Map<String, Object> arguments, Map<String, Object> reply)
      throws Exception {
    HttpResponse<Stream<String>> response =
        http.send(asking(tool, arguments).build(), BodyHandlers.ofLines());
    List<Object> messages = new ArrayList<>();
    for (Iterator<String> lines = response.body().iterator(); lines.hasNext(); ) {
      String line = lines.next();
      if (line.startsWith("data: ") && line.length() > 6) {
        Object message = Json.read(line.substring(6));
        messages.add(message);
        if (!member(message, "method").equals(Json.NULL)
            && !member(message, "id").equals(Json.NULL)) {
          tell(Map.of("jsonrpc", "2.0", "id", member(message, "id"), "result", reply));
        }
      }
    }
    return new Answer(response.statusCode(), response.headers().map(), messages);
  }

  public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.headers().map(), messages(response));
  }

  private static List<Object> messages(HttpResponse<String> response) {
    String type = response.headers().firstValue("content-type").orElse("");
    if (!type.startsWith("text/event-stream")) {
      return response.body().isEmpty() ? List.of() : List.of(Json.read(response.body()));
    }
    List<Object> messages = new ArrayList<>();
    for (String line : response.body().split("\n", -1)) {
      if (line.startsWith("data: ") && line.length() > 6) {
        messages.add(Json.read(line.substring(6)));
      }
    }
    return messages;
  }

  /** What a result's text says. */
  public static String text(Answer answer) {
    Object content = member(answer.last(), "result", "content");
    return content instanceof List<?> list && !list.isEmpty()
        ? String.valueOf(member(list.getFirst(), "text"))
        : "";
  }

  @Override
  public void close() {
    http.close();
  }
}
