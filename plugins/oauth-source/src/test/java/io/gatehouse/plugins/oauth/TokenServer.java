package io.gatehouse.plugins.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives what was prepared, and keeps what it was asked. */
final class TokenServer implements AutoCloseable {
  /** As Keycloak 26 answers, with another token. */
  static final String TOKEN =
      """
      {"access_token":"eyJ.recorded-token-77.~+/x==","expires_in":300,"refresh_expires_in":0,\
      "token_type":"Bearer","not-before-policy":0,"scope":"crm.read"}
      """;

  static final String WRONG_CLIENT =
      """
      {"error":"invalid_client","error_description":"recorded: Invalid client credentials"}
      """;

  /** What came. */
  record Asked(String line, List<String> authorization, List<String> type, String body) {}

  private record Said(int status, String body) {}

  private final HttpServer server;
  private final Deque<Said> answers = new ArrayDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  TokenServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/a/token?tenant=b";
  }

  /** The last one stays. */
  TokenServer says(int status, String body) {
    answers.add(new Said(status, body));
    return this;
  }

  List<Asked> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            exchange.getRequestHeaders().getOrDefault("Authorization", List.of()),
            exchange.getRequestHeaders().getOrDefault("Content-Type", List.of()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Said said = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
    if (said.status() == 307) {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
    }
    exchange.sendResponseHeaders(said.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
