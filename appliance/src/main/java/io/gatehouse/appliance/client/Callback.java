package io.gatehouse.appliance.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where the browser comes back to: a port of 127.0.0.1 for one answer (RFC 8252, section 7.3). Any
 * program of this machine and any page of the browser may come here too, so the answer proves
 * nothing until its state was compared.
 */
final class Callback implements AutoCloseable {
  private static final String PATH = "/callback";
  private static final int MOST_QUERY = 16_384;
  private static final int OK = 200;
  private static final int BAD = 400;
  private static final int NOT_FOUND = 404;

  static {
    // The JDK's server reads these once; by default it waits for a slow peer for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", "16");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();

  private Callback(HttpServer server) {
    this.server = server;
  }

  static Callback open() throws LoginException {
    try {
      byte[] loopback = {127, 0, 0, 1};
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(loopback), 0), 0);
      Callback callback = new Callback(server);
      server.setExecutor(callback.threads);
      server.createContext("/", callback::handle);
      server.start();
      return callback;
    } catch (IOException e) {
      throw new LoginException("no port of 127.0.0.1 can be had: " + e.getMessage(), e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private String host() {
    return "127.0.0.1:" + port();
  }

  String redirect() {
    return "http://" + host() + PATH;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean ours =
          exchange.getRequestMethod().equals("GET")
              && exchange.getRequestURI().getRawPath().equals(PATH)
              && host().equals(exchange.getRequestHeaders().getFirst("Host"));
      if (!ours) {
        say(exchange, NOT_FOUND, "There is nothing here.\n");
        return;
      }
      boolean first = answer.complete(query(exchange));
      say(
          exchange,
          first ? OK : BAD,
          first
              ? "Back at gatehouse. You may close this page; the terminal says how it went on.\n"
              : "This login has its answer already.\n");
    }
  }

  /** A name that is there twice has no value: nobody can say which one is meant. */
  private static Map<String, String> query(HttpExchange exchange) {
    String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Map<String, String> query = new HashMap<>();
    if (raw.length() > MOST_QUERY) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.merge(
            decoded(pair.substring(0, equals)),
            decoded(pair.substring(equals + 1)),
            (one, other) -> "");
      }
    }
    return query;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=us-ascii");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** The first one; later ones are turned away. */
  Map<String, String> await(Duration limit) throws LoginException {
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new LoginException(
          "nobody logged in within " + limit.toMinutes() + " minutes: run gatehouse login again",
          e);
    } catch (ExecutionException e) {
      throw new LoginException("the browser's answer was lost", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoginException("interrupted", e);
    }
  }

  /** Lets the page that says so get through first. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
