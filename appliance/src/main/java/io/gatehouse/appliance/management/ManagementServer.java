package io.gatehouse.appliance.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * {@code /metrics}, {@code /livez} and {@code /readyz} on a listener of its own. Each exchange has
 * a virtual thread, so a slow scraper never meets an event loop.
 */
public final class ManagementServer implements AutoCloseable {
  /** A page at a time each; scrapers and probes need two or three. */
  private static final int MOST_EXCHANGES = 16;

  static {
    // The JDK's server reads these once. By default it waits for a slow peer for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("jdk.httpserver.maxConnections", "64");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(MOST_EXCHANGES);
  private final PrometheusMeterRegistry registry;
  private final Health health;

  private ManagementServer(HttpServer server, PrometheusMeterRegistry registry, Health health) {
    this.server = server;
    this.registry = registry;
    this.health = health;
  }

  public static ManagementServer start(
      InetSocketAddress bind, PrometheusMeterRegistry registry, Health health) throws IOException {
    HttpServer http = HttpServer.create(bind, 0);
    ManagementServer server = new ManagementServer(http, registry, health);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Page page =
          places.tryAcquire() ? boundedPage(exchange) : new Page(503, "too many requests\n");
      byte[] body = page.body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page.type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(page.status, head || body.length == 0 ? -1 : body.length);
      if (!head) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  private Page boundedPage(HttpExchange exchange) {
    try {
      return page(exchange);
    } finally {
      places.release();
    }
  }

  private Page page(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return new Page(405, "only GET and HEAD are served here\n");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/metrics" -> new Page(200, registry.scrape(), Page.PROMETHEUS);
      case "/livez" -> new Page(200, "alive\n");
      case "/readyz" -> ready();
      case null, default -> new Page(404, "served here: /metrics, /livez, /readyz\n");
    };
  }

  private Page ready() {
    Health.State state = health.state();
    Optional<String> obstacle = health.obstacle();
    if (state == Health.State.READY && obstacle.isPresent()) {
      return new Page(503, obstacle.get() + "\n");
    }
    return new Page(state == Health.State.READY ? 200 : 503, state.word() + "\n");
  }

  /** What is answered. */
  private record Page(int status, String body, String type) {
    static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    Page(int status, String body) {
      this(status, body, "text/plain; charset=utf-8");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
