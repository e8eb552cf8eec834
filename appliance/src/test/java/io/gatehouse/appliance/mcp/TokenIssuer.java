package io.gatehouse.appliance.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A token endpoint with one client. Each of its tokens ends some seconds after it was given. */
final class TokenIssuer implements AutoCloseable {
  static final String CLIENT = "gate";

  private final HttpServer server;
  private final String proof;
  private final Map<String, Long> given = new ConcurrentHashMap<>();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile long seconds = 3_600;
  private volatile boolean away;

  TokenIssuer(String secret) throws IOException {
    proof =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + secret).getBytes(StandardCharsets.US_ASCII));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/token", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
  }

  /** How long tokens are good from now on. */
  void lasting(long some) {
    seconds = some;
  }

  /** Whether it gives none for now. */
  void away(boolean now) {
    away = now;
  }

  /** What was given so far is of no use any more. */
  void revoke() {
    given.clear();
  }

  /** Tokens, the newest last. */
  List<String> tokens() {
    return List.copyOf(order);
  }

  /** Bodies of questions. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** Whether a header has a token of its that is good. */
  boolean takes(String authorization) {
    Long end = given.get(authorization.replaceFirst("^Bearer ", ""));
    return end != null && System.nanoTime() - end < 0;
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
    boolean known = proof.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    int status = away ? 503 : known ? 200 : 401;
    byte[] body = body(status).getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String body(int status) {
    if (status != 200) {
      return "{\"error\":\"invalid_client\"}";
    }
    String token = "issued-" + UUID.randomUUID();
    long term = seconds;
    given.put(token, System.nanoTime() + TimeUnit.SECONDS.toNanos(term));
    order.add(token);
    return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
        .formatted(token, term);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
