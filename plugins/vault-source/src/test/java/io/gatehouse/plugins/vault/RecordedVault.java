package io.gatehouse.plugins.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says again what a Vault 1.21.4 in development mode said over HTTP, word for word but for tokens,
 * accessors and passwords, which were shortened.
 */
final class RecordedVault implements AutoCloseable {
  static final String TOKEN = "hvs.recorded-token-77";
  static final String LOGIN =
      """
      {"request_id":"16d4b521-4670-474f-2315-8d62e36537b9","lease_id":"","renewable":false,\
      "lease_duration":0,"data":null,"wrap_info":null,"warnings":null,"auth":{"client_token":\
      "hvs.recorded-token-77","accessor":"recorded-accessor","policies":["default","gate"],\
      "token_policies":["default","gate"],"metadata":{"role_name":"gate"},"lease_duration":120,\
      "renewable":true,"entity_id":"002a22c1-5e4a-a446-ea96-a1aa4b2c40ea","token_type":"service",\
      "orphan":true,"mfa_requirement":null,"num_uses":0},"mount_type":""}
      """;
  static final String RENEWED = LOGIN.replace("\"mount_type\":\"\"", "\"mount_type\":\"token\"");
  static final String LOOKED_UP =
      """
      {"request_id":"9811bd05-59eb-e306-e3fb-54fa683fb836","lease_id":"","renewable":false,\
      "lease_duration":0,"data":{"accessor":"recorded-accessor","creation_time":1795343390,\
      "creation_ttl":120,"display_name":"approle","entity_id":"002a22c1-5e4a-a446-ea96-a1aa4b2c40ea",\
      "expire_time":"2026-11-22T10:31:52.057243571Z","explicit_max_ttl":0,"id":\
      "hvs.recorded-token-77","issue_time":"2026-11-22T10:29:50.956677954Z","last_renewal":\
      "2026-11-22T10:29:52.057243652Z","last_renewal_time":1795343392,"meta":{"role_name":"gate"},\
      "num_uses":0,"orphan":true,"path":"auth/approle/login","policies":["default","gate"],\
      "renewable":true,"ttl":120,"type":"service"},"wrap_info":null,"warnings":null,"auth":null,\
      "mount_type":"token"}
      """;
  static final String KEY_VALUE =
      """
      {"request_id":"18ecc104-ff4c-0d36-dbf1-7bd91903cfa0","lease_id":"","renewable":false,\
      "lease_duration":0,"data":{"data":{"password":"kv \\"secret\\" é","username":"gate"},\
      "metadata":{"created_time":"2026-11-22T10:29:50.603989708Z","custom_metadata":null,\
      "deletion_time":"","destroyed":false,"version":1}},"wrap_info":null,"warnings":null,\
      "auth":null,"mount_type":"kv"}
      """;
  static final String KEY_VALUE_DELETED =
      """
      {"request_id":"0a6b804f-7961-2680-ba24-2a18bfbbb2e3","lease_id":"","renewable":false,\
      "lease_duration":0,"data":{"data":null,"metadata":{"created_time":\
      "2026-11-22T10:29:50.603989708Z","custom_metadata":null,"deletion_time":\
      "2026-11-22T10:29:51.426090663Z","destroyed":false,"version":1}},"wrap_info":null,\
      "warnings":null,"auth":null,"mount_type":""}
      """;
  static final String STATIC =
      """
      {"request_id":"8463f716-3e6c-88fb-cbaa-839bc7ead3e9","lease_id":"","renewable":false,\
      "lease_duration":0,"data":{"last_vault_rotation":"2026-11-22T10:30:13.61026794Z","password":\
      "zmG6-recorded","rotation_period":3600,"ttl":3600,"username":"gate"},"wrap_info":null,\
      "warnings":null,"auth":null,"mount_type":"database"}
      """;
  static final String DYNAMIC =
      """
      {"request_id":"de80ed88-07dd-75e0-5059-ac18b544b4aa","lease_id":\
      "database/creds/owner/ggnKPhDTxYOlQgfPIAm29mhv","renewable":true,"lease_duration":60,"data":\
      {"password":"n-Hx0-recorded","username":"v-token-owner-vcrjAK4Kqx6qmP67iLo2-1795343413"},\
      "wrap_info":null,"warnings":null,"auth":null,"mount_type":"database"}
      """;
  static final String LEASE_RENEWED =
      """
      {"request_id":"2b651318-35b2-a805-71cd-c4f2423eb191","lease_id":\
      "database/creds/owner/ggnKPhDTxYOlQgfPIAm29mhv","renewable":true,"lease_duration":60,\
      "data":null,"wrap_info":null,"warnings":null,"auth":null,"mount_type":"system"}
      """;
  static final String DENIED =
      """
      {"errors":["2 errors occurred:\\n\\t* permission denied\\n\\t* invalid token\\n\\n"]}
      """;
  static final String SEALED = "{\"errors\":[\"Vault is sealed\"]}\n";
  static final String NO_LEASE = "{\"errors\":[\"lease not found\"]}\n";
  static final String NO_ROLE = "{\"errors\":[\"unknown role: nope\"]}\n";
  static final String WRONG_PROOF = "{\"errors\":[\"invalid role or secret ID\"]}\n";

  /** What came, with what a Vault takes out of it. */
  record Asked(String line, List<String> token, List<String> namespace, String body) {}

  private record Said(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Said>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  RecordedVault() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The last of a path stays. */
  RecordedVault on(String path, int status, String body) {
    answers.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(new Said(status, body));
    return this;
  }

  List<Asked> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(
        new Asked(
            exchange.getRequestMethod() + " " + path,
            exchange.getRequestHeaders().getOrDefault("X-Vault-Token", List.of()),
            exchange.getRequestHeaders().getOrDefault("X-Vault-Namespace", List.of()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Deque<Said> prepared =
        answers.getOrDefault(
            path.substring("/v1/".length()),
            new ArrayDeque<>(List.of(new Said(404, "{\"errors\":[]}"))));
    Said said = prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst();
    byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
    if (said.status() == 307) {
      exchange.getResponseHeaders().add("Location", address() + "/v1/elsewhere");
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
