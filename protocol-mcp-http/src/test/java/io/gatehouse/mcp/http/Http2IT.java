package io.gatehouse.mcp.http;

import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.testing.Asked;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.TestTls;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's client, which speaks both versions. */
class Http2IT {
  private final Asked asked = new Asked();

  private static HttpClient client(Version version) {
    return HttpClient.newBuilder().sslContext(TestTls.client()).version(version).build();
  }

  private static HttpRequest post(Front front, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + front.port() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(body);
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  private static HttpRequest post(Front front, String body) {
    return post(front, BodyPublishers.ofString(body));
  }

  private static void echo(Exchange exchange) {
    exchange.answer(200, Headers.of("content-type", "text/plain"), exchange.takeBody());
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void requests_areAnsweredAlike(Version version) throws Exception {
    try (Front front = Front.tls(Front.PATIENT, Http2IT::echo);
        HttpClient client = client(version)) {
      HttpResponse<String> answer = client.send(post(front, "{}"), BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{}");
      assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
      BodyPublisher unknownLength =
          BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(200_000)));
      assertThat(client.send(post(front, unknownLength), BodyHandlers.ofString()).body())
          .hasSize(200_000);
      String large = "y".repeat(1_000_000);
      assertThat(client.send(post(front, large), BodyHandlers.ofString()).body()).isEqualTo(large);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void requests_areRefusedAlike(Version version) throws Exception {
    try (Front front = Front.tls(Front.PATIENT.with(Limit.HTTP_BODY_BYTES, 10), Http2IT::echo);
        HttpClient client = client(version)) {
      assertThat(status(client, post(front, "x".repeat(11)))).isEqualTo(413);
      assertThat(
              status(
                  client,
                  post(
                      front,
                      BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(11))))))
          .isEqualTo(413);
      BodyPublisher body = BodyPublishers.ofString("{}");
      assertThat(status(client, post(front, body, "Origin", "https://evil.example")))
          .isEqualTo(403);
      assertThat(status(client, post(front, body, "Mcp-Method", "a", "Mcp-Method", "b")))
          .isEqualTo(400);
      String[] many = new String[220];
      for (int i = 0; i < many.length; i += 2) {
        many[i] = "x-" + i;
        many[i + 1] = "y";
      }
      assertThat(status(client, post(front, body, many))).isEqualTo(431);
      HttpRequest elsewhere =
          HttpRequest.newBuilder(URI.create("https://localhost:" + front.port() + "/x")).build();
      assertThat(status(client, elsewhere)).isEqualTo(404);
      assertThat(status(client, post(front, "{}"))).isEqualTo(200);
    }
  }

  private static int status(HttpClient client, HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void streams_goSideBySide_onOneConnection() throws Exception {
    try (Front front = Front.tls(Front.PATIENT, asked);
        HttpClient client = client(Version.HTTP_2)) {
      CompletableFuture<HttpResponse<String>> warm =
          client.sendAsync(post(front, "w"), BodyHandlers.ofString());
      Asked.with(asked.next(), Http2IT::echo);
      warm.join();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      List<Exchange> exchanges = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(client.sendAsync(post(front, "b" + i), BodyHandlers.ofString()));
        exchanges.add(asked.next());
      }
      assertThat(front.door.sessions()).isEqualTo(1);
      for (Exchange exchange : exchanges.reversed()) {
        assertThat(exchange.tls()).isPresent();
        Asked.with(exchange, Http2IT::echo);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(answers.get(i).join().body()).isEqualTo("b" + i);
      }
    }
  }

  @Test
  void stream_isSentAsItComes_withBackpressure() throws Exception {
    AtomicLong written = new AtomicLong();
    byte[] part = new byte[8_192];
    long all = 32L << 20;
    try (Front front =
            Front.tls(
                Front.PATIENT,
                exchange -> {
                  Outflow out = exchange.stream(200, Headers.NONE);
                  Runnable fill =
                      () -> {
                        while (out.isWritable() && written.get() < all) {
                          out.write(Unpooled.wrappedBuffer(part));
                          if (written.addAndGet(part.length) == all) {
                            out.end();
                          }
                        }
                      };
                  out.onWritable(fill);
                  fill.run();
                });
        HttpClient client = client(Version.HTTP_2)) {
      HttpResponse<InputStream> answer =
          client.send(post(front, "{}"), BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        assertThat(body.readNBytes(1_000)).hasSize(1_000);
        assertThat(written.get()).isLessThan(all);
        assertThat(body.readAllBytes().length).isEqualTo(all - 1_000);
      }
    }
  }

  @Test
  void reset_stream_isNoticed_andTheOthersGoOn() throws Exception {
    try (Front front = Front.tls(Front.PATIENT, asked);
        HttpClient client = client(Version.HTTP_2)) {
      CompletableFuture<HttpResponse<InputStream>> answer =
          client.sendAsync(post(front, "{}"), BodyHandlers.ofInputStream());
      Exchange exchange = asked.next();
      CountDownLatch gone = new CountDownLatch(1);
      AtomicReference<Outflow> out = new AtomicReference<>();
      Asked.with(
          exchange,
          on -> {
            on.onGone(gone::countDown);
            out.set(on.stream(200, Headers.NONE));
            out.get().write(Unpooled.copiedBuffer("data: 1\n\n", US_ASCII));
          });
      answer.join().body().close();
      assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
      Asked.with(exchange, _ -> out.get().write(Unpooled.copiedBuffer("late", US_ASCII)));
      CompletableFuture<HttpResponse<String>> other =
          client.sendAsync(post(front, "[]"), BodyHandlers.ofString());
      Asked.with(asked.next(), Http2IT::echo);
      assertThat(other.join().body()).isEqualTo("[]");
      assertThat(front.meters.closed).isEmpty();
    }
  }

  @Test
  void drain_waitsForTheStreamsThatThereAre() throws Exception {
    try (Front front = Front.tls(Front.PATIENT, asked);
        HttpClient client = client(Version.HTTP_2)) {
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(post(front, "{}"), BodyHandlers.ofString());
      Exchange exchange = asked.next();
      CompletableFuture<Void> drained = front.door.drain().toCompletableFuture();
      assertThat(drained.isDone()).isFalse();
      Asked.with(exchange, Http2IT::echo);
      assertThat(answer.join().body()).isEqualTo("{}");
      drained.join();
    }
  }

  @Test
  void idle_connection_isClosed() throws Exception {
    try (Front front = Front.tls(Front.PATIENT.with(Limit.HTTP_IDLE_SECONDS, 1), Http2IT::echo);
        HttpClient client = client(Version.HTTP_2)) {
      assertThat(status(client, post(front, "{}"))).isEqualTo(200);
      await().until(() -> front.door.sessions() == 0);
      assertThat(front.meters.reached).containsExactly(Limit.HTTP_IDLE_SECONDS);
    }
  }
}
