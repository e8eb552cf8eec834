package io.gatehouse.appliance.identity.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * An OpenID provider for tests, on a loopback port of its own: discovery, keys, and the grants that
 * a command line uses. It can stop and start again on its port, and answer anything else instead.
 */
public final class OidcServer implements AutoCloseable {
  public static final String DISCOVERY = "/.well-known/openid-configuration";
  public static final String KEYS = "/keys";
  public static final String TOKEN = "/token";
  public static final String DEVICE = "/device_authorization";
  public static final String AUTHORIZE = "/authorize";
  public static final String AUDIENCE = "gatehouse";

  private final Map<String, Answer> instead = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OidcKeys keys;
  private final OidcTokens tokens;
  private final OidcGrants grants;
  private final int port;
  private final Optional<SSLContext> tls;
  private HttpServer http;

  private OidcServer(String name, InstantSource clock, Optional<SSLContext> tls)
      throws IOException {
    this.tls = tls;
    http = listening(0);
    port = http.getAddress().getPort();
    keys = new OidcKeys(name);
    tokens = new OidcTokens(keys, clock, issuer(), AUDIENCE);
    grants = new OidcGrants(tokens, clock, issuer());
    serve(http);
  }

  public static OidcServer start(InstantSource clock) {
    return start("key", clock);
  }

  /**
   * Already answers.
   *
   * @param name how the ids of its keys begin
   */
  public static OidcServer start(String name, InstantSource clock) {
    try {
      return new OidcServer(name, clock, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Over TLS, as {@code localhost}. */
  public static OidcServer startSecurely(InstantSource clock, SSLContext tls) {
    try {
      return new OidcServer("key", clock, Optional.of(tls));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpServer listening(int wanted) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted);
    if (tls.isEmpty()) {
      return HttpServer.create(address, 0);
    }
    HttpsServer secure = HttpsServer.create(address, 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
    return secure;
  }

  private void serve(HttpServer server) {
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String issuer() {
    return (tls.isPresent() ? "https://localhost:" : "http://127.0.0.1:") + port;
  }

  public OidcKeys keys() {
    return keys;
  }

  public OidcTokens tokens() {
    return tokens;
  }

  public OidcGrants grants() {
    return grants;
  }

  /** How often a path was asked for. */
  public int requests(String path) {
    return requests.computeIfAbsent(path, any -> new AtomicInteger()).get();
  }

  /** What a path answers from now on. */
  public void answer(String path, Answer answer) {
    instead.put(path, answer);
  }

  public void answerAsUsual(String path) {
    instead.remove(path);
  }

  /** Nobody listens on its port. */
  public synchronized void stop() {
    http.stop(0);
  }

  public synchronized void startAgain() {
    try {
      http = listening(port);
      serve(http);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its discovery document says; may be changed and answered instead. */
  public Map<String, Object> discovery() {
    Map<String, Object> document = new HashMap<>();
    document.put("issuer", issuer());
    document.put("jwks_uri", issuer() + KEYS);
    document.put("token_endpoint", issuer() + TOKEN);
    document.put("device_authorization_endpoint", issuer() + DEVICE);
    document.put("authorization_endpoint", issuer() + AUTHORIZE);
    document.put("response_types_supported", List.of("code"));
    document.put("code_challenge_methods_supported", List.of("S256"));
    return document;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
      Answer answer = Optional.ofNullable(instead.get(path)).orElse(null);
      (answer == null ? usual(path, exchange) : answer).send(exchange);
    }
  }

  private Answer usual(String path, HttpExchange exchange) throws IOException {
    return switch (path) {
      case DISCOVERY -> Answer.json(200, discovery());
      case KEYS -> Answer.json(200, keys.document());
      case AUTHORIZE ->
          grants.authorize(
              form(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("")));
      case TOKEN -> grants.token(body(exchange));
      case DEVICE -> grants.device(body(exchange));
      default -> Answer.text(404, "");
    };
  }

  private static Map<String, String> body(HttpExchange exchange) throws IOException {
    return form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static Map<String, String> form(String encoded) {
    Map<String, String> form = new HashMap<>();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }
}
