package io.gatehouse.appliance.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.JsonWriter;
import io.gatehouse.spi.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A small MCP server with three tools over the bank. It answers requests of both eras, keeps no
 * sessions, and takes them with the gate's credential only.
 */
final class DemoTools implements AutoCloseable {
  static final String MODERN = "2026-07-28";
  static final String VERSION = "io.modelcontextprotocol/protocolVersion";
  private static final int MOST_BYTES = 65_536;
  private static final int METHOD_NOT_FOUND = -32_601;
  private static final int INVALID_PARAMS = -32_602;
  private static final Map<String, Object> INFO = Map.of("name", "demo-bank", "version", "1.0");
  private static final Map<String, Object> CAN = Map.of("tools", Map.of());

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final byte[] authorization;
  private final BankTools bank;

  /** What is answered instead of a result. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    final int code;

    RefusedException(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  private DemoTools(HttpServer http, String token, BankTools bank) {
    this.http = http;
    this.bank = bank;
    authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param token the gate's own
   */
  static DemoTools start(String token, BankTools bank) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    DemoTools tools = new DemoTools(http, token, bank);
    http.setExecutor(tools.threads);
    http.createContext("/mcp", tools::handle);
    http.start();
    return tools;
  }

  int port() {
    return http.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String shown =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
      if (!MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), authorization)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
      } else {
        post(exchange);
      }
    }
  }

  private void post(HttpExchange exchange) throws IOException {
    JsonValue message;
    try {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
      message = JsonText.read(body, JsonLimits.DEFAULTS).root();
    } catch (MalformedJsonException e) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    Optional<JsonValue> id = message.find("id");
    if (id.isEmpty()) {
      exchange.sendResponseHeaders(202, -1);
      return;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", id.get());
    boolean modern = at(message, "params", "_meta", VERSION).isPresent();
    int status = 200;
    try {
      answer.put("result", result(message, modern));
    } catch (RefusedException e) {
      status = modern && e.code == METHOD_NOT_FOUND ? 404 : 200;
      answer.put("error", Map.of("code", e.code, "message", String.valueOf(e.getMessage())));
    }
    byte[] body = JsonWriter.bytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Optional<JsonValue> at(JsonValue value, String... path) {
    Optional<JsonValue> found = Optional.of(value);
    for (String name : path) {
      found = found.flatMap(one -> one.find(name));
    }
    return found;
  }

  private Map<String, Object> result(JsonValue message, boolean modern) throws RefusedException {
    String method = at(message, "method").map(JsonValue::text).orElse("");
    Map<String, Object> result = new LinkedHashMap<>();
    if (modern) {
      result.put("resultType", "complete");
      if (!method.equals("tools/call")) {
        result.put("ttlMs", 0);
        result.put("cacheScope", "private");
      }
    }
    switch (method) {
      case "initialize" -> {
        result.put("protocolVersion", plain(at(message, "params", "protocolVersion")));
        result.put("capabilities", CAN);
        result.put("serverInfo", INFO);
      }
      case "server/discover" -> {
        result.put("supportedVersions", List.of(MODERN));
        result.put("capabilities", CAN);
      }
      case "ping" -> {
        // There is nothing to say.
      }
      case "tools/list" -> result.put("tools", BankTools.LISTED);
      case "tools/call" -> result.putAll(called(message));
      default -> throw new RefusedException(METHOD_NOT_FOUND, "there is no such method");
    }
    return result;
  }

  private static @Nullable Object plain(Optional<JsonValue> value) {
    return value.isPresent() ? value.get().plain() : null;
  }

  private Map<String, Object> called(JsonValue message) throws RefusedException {
    Object name = plain(at(message, "params", "name"));
    Object arguments = plain(at(message, "params", "arguments"));
    try {
      Object found =
          bank.call(
              String.valueOf(name), arguments instanceof Map<?, ?> members ? members : Map.of());
      return Map.of(
          "content",
          List.of(
              Map.of(
                  "type",
                  "text",
                  "text",
                  new String(JsonWriter.bytes(found), StandardCharsets.UTF_8))),
          "structuredContent",
          found);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(INVALID_PARAMS, String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      return Map.of(
          "content",
          List.of(Map.of("type", "text", "text", "the bank does not answer")),
          "isError",
          true);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
