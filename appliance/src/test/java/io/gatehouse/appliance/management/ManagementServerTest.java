package io.gatehouse.appliance.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ManagementServerTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health();
  private final GateMetrics metrics =
      new GateMetrics(registry, List.of("main"), Limits.DEFAULTS.with(Limit.SESSIONS, 42));
  private final HttpClient client = HttpClient.newHttpClient();
  private ManagementServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        ManagementServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), registry, health);
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void ready_onlyBetweenStartAndDrain() throws Exception {
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);

    health.ready();
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);

    health.draining();
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/readyz").body()).isEqualTo("draining\n");
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void events_areCountedUnderTheirNames() throws Exception {
    metrics.accepted("main");
    metrics.accepted("main");
    metrics.loggedIn("main");
    metrics.closed("main", CloseReason.CLIENT_IDLE);
    metrics.limitReached(Limit.COMMAND_BYTES);
    metrics.clientToServer(10);
    metrics.serverToClient(20);
    metrics.cancelDelivered();
    metrics.cancelUnknown();
    metrics.reloaded(false);

    HttpResponse<String> answer = ask("GET", "/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body().lines())
        .contains(
            "gatehouse_connections_accepted_total{listener=\"main\"} 2.0",
            "gatehouse_logins_total{listener=\"main\"} 1.0",
            "gatehouse_connections_closed_total{listener=\"main\",reason=\"client_idle\"} 1.0",
            "gatehouse_connections_closed_total{listener=\"main\",reason=\"killed\"} 0.0",
            "gatehouse_limit{limit=\"sessions\"} 42.0",
            "gatehouse_limit_reached_total{limit=\"command-bytes\"} 1.0",
            "gatehouse_limit_reached_total{limit=\"sessions\"} 0.0",
            "gatehouse_bytes_total{direction=\"client_to_server\"} 10.0",
            "gatehouse_bytes_total{direction=\"server_to_client\"} 20.0",
            "gatehouse_cancels_total{result=\"delivered\"} 1.0",
            "gatehouse_cancels_total{result=\"unknown\"} 1.0",
            "gatehouse_reloads_total{result=\"refused\"} 1.0");
  }

  @Test
  void everyLimit_hasAValueAndACounter() throws Exception {
    String body = ask("GET", "/metrics").body();

    for (Limit limit : Limit.values()) {
      assertThat(body)
          .contains("gatehouse_limit{limit=\"" + limit.key() + "\"} ")
          .contains("gatehouse_limit_reached_total{limit=\"" + limit.key() + "\"} ");
    }
  }

  @Test
  void process_isThereToo() throws Exception {
    try (ProcessMetrics process = new ProcessMetrics(registry)) {
      assertThat(process).isNotNull();
      assertThat(ask("GET", "/metrics").body())
          .contains("jvm_memory_used_bytes{")
          .contains("process_files_open_files ")
          .contains("netty_buffer_bytes{");
    }
  }

  @Test
  void anythingElse_isRefused() throws Exception {
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/metrics/").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
    assertThat(ask("HEAD", "/livez").statusCode()).isEqualTo(200);
  }
}
