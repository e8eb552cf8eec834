package io.gatehouse.appliance.identity.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What a test's provider sends. */
public sealed interface Answer {

  void send(HttpExchange exchange) throws IOException;

  /** With a status, and a location where there is one. */
  record Plain(int status, Map<String, String> headers, String text) implements Answer {
    @Override
    public void send(HttpExchange exchange) throws IOException {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Its first bytes, and then nothing until the latch lets it go. */
  record Halting(CountDownLatch latch) implements Answer {
    @Override
    public void send(HttpExchange exchange) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write('{');
        body.flush();
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static Answer json(int status, Map<String, Object> document) {
    return new Plain(
        status,
        Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        JSONObjectUtils.toJSONString(document));
  }

  static Answer text(int status, String body) {
    return new Plain(status, Map.of(), body);
  }

  static Answer error(String code) {
    return json(400, Map.of("error", code));
  }

  static Answer redirect(String location) {
    return new Plain(302, Map.of("Location", location), "");
  }
}
