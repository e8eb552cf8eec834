package io.gatehouse.appliance.recorded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says what a Vault 1.21.4 said about a login by AppRole and a static database user, with another
 * token and the password of now.
 */
final class RecordedVault implements AutoCloseable {

  private final HttpServer server;
  private final String token;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String password;

  RecordedVault(String token, String password) throws IOException {
    this.token = token;
    this.password = password;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void has(String other) {
    password = other;
  }

  /** Paths, in their order. */
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    boolean login = path.equals("/v1/auth/approle/login");
    boolean known = token.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
    exchange.getRequestBody().readAllBytes();
    byte[] body =
        (login ? login(token) : known ? staticUser(password) : "{\"errors\":[]}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(login || known ? 200 : 403, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static String login(String token) {
    return """
    {"request_id":"16d4b521-4670-474f-2315-8d62e36537b9","lease_id":"","renewable":false,\
    "lease_duration":0,"data":null,"wrap_info":null,"warnings":null,"auth":{"client_token":\
    "%s","accessor":"recorded-accessor","policies":["default","gate"],\
    "token_policies":["default","gate"],"metadata":{"role_name":"gate"},"lease_duration":120,\
    "renewable":true,"entity_id":"002a22c1-5e4a-a446-ea96-a1aa4b2c40ea","token_type":"service",\
    "orphan":true,"mfa_requirement":null,"num_uses":0},"mount_type":""}
    """
        .formatted(token);
  }

  private static String staticUser(String password) {
    return """
    {"request_id":"8463f716-3e6c-88fb-cbaa-839bc7ead3e9","lease_id":"","renewable":false,\
    "lease_duration":0,"data":{"last_vault_rotation":"2026-11-22T10:30:13.61026794Z","password":\
    "%s","rotation_period":3600,"ttl":3600,"username":"gate"},"wrap_info":null,\
    "warnings":null,"auth":null,"mount_type":"database"}
    """
        .formatted(password);
  }
}
