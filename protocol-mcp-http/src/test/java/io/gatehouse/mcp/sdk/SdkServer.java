package io.gatehouse.mcp.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The SDK's server without sessions, on the JDK's HTTP server: the SDK itself brings transports for
 * servlets only.
 */
final class SdkServer implements McpStatelessServerTransport, AutoCloseable {
  private final McpJsonMapper json = McpJsonDefaults.getMapper();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;
  private @Nullable McpStatelessServerHandler handler;

  SdkServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    McpServer.sync(this)
        .serverInfo("sdk", "1")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .toolCall(
            Tool.builder("echo", schema()).description("The SDK's echo.").build(),
            (context, request) -> echoed(request.arguments()))
        .build();
    http.setExecutor(threads);
    http.createContext("/mcp", this::handle);
    http.start();
  }

  private static Map<String, Object> schema() {
    Map<String, Object> message = Map.of("message", Map.of("type", "string"));
    return Map.of("type", "object", "properties", message);
  }

  private static CallToolResult echoed(Map<String, Object> arguments) {
    return CallToolResult.builder().addTextContent("" + arguments.get("message")).build();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  @Override
  public void setMcpHandler(McpStatelessServerHandler handler) {
    this.handler = handler;
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 405, "");
      return;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    McpStatelessServerHandler server = Objects.requireNonNull(handler);
    switch (McpSchema.deserializeJsonRpcMessage(json, body)) {
      case JSONRPCRequest request ->
          answer(
              exchange,
              200,
              json.writeValueAsString(
                  server.handleRequest(McpTransportContext.EMPTY, request).block()));
      case JSONRPCNotification notification -> {
        server.handleNotification(McpTransportContext.EMPTY, notification).block();
        answer(exchange, 202, "");
      }
      default -> answer(exchange, 400, "");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::close);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
