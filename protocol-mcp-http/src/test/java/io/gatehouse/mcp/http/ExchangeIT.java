package io.gatehouse.mcp.http;

import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.testing.Asked;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.RawClient;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Requests, one after the other, on connections over HTTP/1.1. */
class ExchangeIT {
  private final Asked asked = new Asked();

  private static String post(String headers, String body) {
    return "POST /mcp?a=b HTTP/1.1\r\nHost: localhost\r\n"
        + "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n"
        + body;
  }

  private static String withBody(String body) {
    return post("Content-Length: " + body.length() + "\r\n", body);
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }

  /** Says what was asked. */
  private static void echo(Exchange exchange) {
    ByteBuf body = exchange.takeBody();
    exchange.answer(200, Headers.of("content-type", "text/plain"), body);
  }

  private static RawClient.Answer answer(RawClient client) throws IOException {
    RawClient.Answer answer = client.answer();
    assertThat(answer).isNotNull();
    return answer;
  }

  @Test
  void desk_seesTheRequestAndItsBody() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, asked);
        RawClient client = RawClient.plain(front.port())) {
      client.send(post("X-Y: z\r\nX-Y: \tu \r\nContent-Length: 2\r\n", "{}"));
      Exchange exchange = asked.next();
      assertThat(exchange.head().method()).isEqualTo("POST");
      assertThat(exchange.head().path()).isEqualTo("/mcp");
      assertThat(exchange.head().query()).isEqualTo("a=b");
      assertThat(exchange.head().headers().all("x-y")).containsExactly("z", "u");
      assertThat(exchange.place().path()).isEqualTo("/mcp");
      assertThat(exchange.tls()).isEmpty();
      assertThat(exchange.source().getAddress().isLoopbackAddress()).isTrue();
      Asked.with(exchange, ExchangeIT::echo);
      assertThat(answer(client).body()).isEqualTo("{}");
    }
  }

  @Test
  void tls_tellsItsFacts() throws Exception {
    try (Front front = Front.tls(Front.PATIENT, asked);
        RawClient client = RawClient.tls(front.port())) {
      client.send(withBody("{}"));
      Exchange exchange = asked.next();
      assertThat(exchange.tls()).isPresent();
      assertThat(exchange.tls().get().version()).isEqualTo("TLSv1.3");
      Asked.with(exchange, ExchangeIT::echo);
      assertThat(answer(client).body()).isEqualTo("{}");
      Asked.with(exchange, over -> assertThat(over.isGone()).isFalse());
    }
  }

  @Test
  void pipelined_requestsAreAskedOneByOne_andAnsweredInTurn() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, asked);
        RawClient client = RawClient.plain(front.port())) {
      client.send(withBody("1") + withBody("22") + withBody("333"));
      for (String expected : new String[] {"1", "22", "333"}) {
        Exchange exchange = asked.next();
        assertThat(asked.waiting()).isZero();
        Asked.with(exchange, ExchangeIT::echo);
        assertThat(answer(client).body()).isEqualTo(expected);
      }
    }
  }

  @Test
  void pipelined_thousands_areAllAnswered_withoutABodyLost() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, ExchangeIT::echo);
        RawClient client = RawClient.plain(front.port())) {
      int count = 3_000;
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int i = 0; i < count; i++) {
                    client.send(withBody(Integer.toString(i)));
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      for (int i = 0; i < count; i++) {
        assertThat(answer(client).body()).isEqualTo(Integer.toString(i));
      }
      sender.join();
    }
  }

  @Test
  void split_atEveryByte_theRequestsAreTheSame() throws Exception {
    String both =
        post("Transfer-Encoding: chunked\r\n", "1\r\n{\r\n1;x\r\n}\r\n0\r\n\r\n") + withBody("[]");
    try (Front front = Front.plain(Front.PATIENT, ExchangeIT::echo)) {
      for (int cut = 1; cut < both.length(); cut++) {
        try (RawClient client = RawClient.plain(front.port())) {
          client.send(both.substring(0, cut)).send(both.substring(cut));
          assertThat(answer(client).body()).isEqualTo("{}");
          assertThat(answer(client).body()).isEqualTo("[]");
        }
      }
      try (RawClient client = RawClient.plain(front.port())) {
        for (int i = 0; i < both.length(); i++) {
          client.send(both.substring(i, i + 1));
        }
        assertThat(answer(client).body()).isEqualTo("{}");
        assertThat(answer(client).body()).isEqualTo("[]");
      }
    }
  }

  @Test
  void expectation_isMetBeforeTheBody() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, ExchangeIT::echo);
        RawClient client = RawClient.plain(front.port())) {
      client.send(post("Expect: 100-continue\r\nContent-Length: 2\r\n", ""));
      assertThat(client.head()).startsWith("http/1.1 100 continue");
      assertThat(answer(client.send("{}")).body()).isEqualTo("{}");
    }
  }

  @Test
  void answer_withoutABody_saysSo() throws Exception {
    try (Front front =
            Front.plain(
                Front.PATIENT,
                exchange ->
                    exchange.answer(
                        Integer.parseInt(exchange.head().headers().first("x").orElseThrow()),
                        Headers.NONE,
                        Unpooled.EMPTY_BUFFER));
        RawClient client = RawClient.plain(front.port())) {
      assertThat(answer(client.send(post("X: 202\r\n", ""))).head())
          .startsWith("http/1.1 202 accepted")
          .contains("content-length: 0");
      assertThat(answer(client.send(post("X: 204\r\n", ""))).head())
          .startsWith("http/1.1 204")
          .doesNotContain("content-length", "transfer-encoding");
      assertThat(answer(client.send(post("X: 304\r\n", ""))).status()).isEqualTo(304);
    }
  }

  @Test
  void framing_isNotTheDesksToSay() throws Exception {
    Headers tricks =
        Headers.of(
            "Content-Length", "5", "Transfer-Encoding", "x", "Server", "s", "Connection", "y");
    try (Front front =
            Front.plain(Front.PATIENT, exchange -> exchange.answer(200, tricks, text("ok")));
        RawClient client = RawClient.plain(front.port())) {
      RawClient.Answer answer = answer(client.send(withBody("{}")));
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.head()).doesNotContain("server:", "transfer-encoding", "connection");
    }
    assertThatThrownBy(() -> Headers.of("X", "a\r\nSet-Cookie: b"))
        .hasMessageContaining("control character");
  }

  @Test
  void stream_isSentAsItComes_andTheConnectionGoesOn() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, asked);
        RawClient client = RawClient.plain(front.port())) {
      client.send(withBody("{}"));
      Exchange exchange = asked.next();
      AtomicReference<Outflow> out = new AtomicReference<>();
      Asked.with(
          exchange, on -> out.set(on.stream(200, Headers.of("content-type", "text/event-stream"))));
      assertThat(client.head()).contains("transfer-encoding: chunked");
      Asked.with(exchange, on -> out.get().write(text("data: 1\n\n")));
      assertThat(client.chunk()).isEqualTo("data: 1\n\n");
      Asked.with(
          exchange,
          on -> {
            out.get().write(Unpooled.EMPTY_BUFFER);
            out.get().write(text("data: 2\n\n"));
            out.get().end();
            out.get().end();
            out.get().write(text("late"));
          });
      assertThat(client.chunk()).isEqualTo("data: 2\n\n");
      assertThat(client.chunk()).isEmpty();
      client.send(withBody("[]"));
      Asked.with(asked.next(), ExchangeIT::echo);
      assertThat(answer(client).body()).isEqualTo("[]");
    }
  }

  @Test
  void aborted_stream_endsWithoutItsLastChunk() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, asked);
        RawClient client = RawClient.plain(front.port())) {
      client.send(withBody("{}"));
      AtomicReference<Outflow> out = new AtomicReference<>();
      Exchange exchange = asked.next();
      Asked.with(exchange, on -> out.set(on.stream(200, Headers.NONE)));
      assertThat(client.head()).isNotNull();
      Asked.with(exchange, _ -> out.get().abort());
      assertThat(client.ends()).isTrue();
    }
  }

  @Test
  void endless_stream_waitsForASlowReader() throws Exception {
    AtomicLong written = new AtomicLong();
    AtomicInteger pauses = new AtomicInteger();
    byte[] part = new byte[8_192];
    try (Front front =
            Front.plain(
                Front.PATIENT,
                exchange -> {
                  Outflow out = exchange.stream(200, Headers.NONE);
                  Runnable fill =
                      () -> {
                        while (out.isWritable() && written.get() < 64 << 20) {
                          out.write(Unpooled.wrappedBuffer(part));
                          written.addAndGet(part.length);
                        }
                        pauses.incrementAndGet();
                      };
                  out.onWritable(fill);
                  fill.run();
                });
        RawClient client = RawClient.plain(front.port())) {
      client.send(withBody("{}"));
      assertThat(client.head()).isNotNull();
      await().until(() -> pauses.get() == 1);
      long whileNobodyReads = written.get();
      assertThat(whileNobodyReads).isLessThan(16 << 20);
      long read = 0;
      while (read < whileNobodyReads + (1 << 20)) {
        read += client.chunk().length();
      }
      assertThat(pauses.get()).isGreaterThan(1);
    }
  }

  @Test
  void client_thatGoes_isNoticedOnce_andLateAnswersAreThrownAway() throws Exception {
    for (boolean reset : new boolean[] {true, false}) {
      for (boolean tls : new boolean[] {true, false}) {
        try (Front front =
            tls ? Front.tls(Front.PATIENT, asked) : Front.plain(Front.PATIENT, asked)) {
          RawClient client = tls ? RawClient.tls(front.port()) : RawClient.plain(front.port());
          // What it sends ahead must not hide that it goes.
          client.send(withBody("{}") + withBody("ahead").repeat(10));
          Exchange exchange = asked.next();
          CountDownLatch gone = new CountDownLatch(1);
          Asked.with(exchange, on -> on.onGone(gone::countDown));
          if (reset) {
            client.reset();
          } else {
            client.close();
          }
          assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
          Asked.with(
              exchange,
              on -> {
                assertThat(on.isGone()).isTrue();
                on.answer(200, Headers.NONE, text("late"));
                on.stream(200, Headers.NONE).write(text("late"));
              });
          assertThat(asked.waiting()).isZero();
          await().until(() -> front.door.sessions() == 0);
          assertThat(front.meters.closed).containsExactly(CloseReason.CLIENT_DISCONNECTED);
        }
      }
    }
  }

  @Test
  void second_answer_isAFaultOfTheDesk() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, asked);
        RawClient client = RawClient.plain(front.port())) {
      client.send(withBody("{}"));
      Exchange exchange = asked.next();
      Asked.with(
          exchange,
          on -> {
            on.answer(200, Headers.NONE, text("1"));
            assertThatThrownBy(() -> on.answer(200, Headers.NONE, text("2")))
                .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> on.stream(200, Headers.NONE))
                .isInstanceOf(IllegalStateException.class);
          });
      assertThat(answer(client).body()).isEqualTo("1");
    }
  }

  @Test
  void metadata_isToldWithoutTheDesk() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, asked);
        RawClient client = RawClient.plain(front.port())) {
      for (String path : new String[] {"", "/mcp"}) {
        client.send(
            "GET /.well-known/oauth-protected-resource"
                + path
                + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        RawClient.Answer answer = answer(client);
        assertThat(answer.head()).contains("content-type: application/json");
        assertThat(answer.body())
            .isEqualTo(
                "{\"resource\":\"https://gate.example/mcp\","
                    + "\"authorization_servers\":[\"https://login.example\"],"
                    + "\"scopes_supported\":[\"tools\",\"read\"],"
                    + "\"bearer_methods_supported\":[\"header\"]}");
      }
    }
  }

  @Test
  void bodies_ofAllTogether_areBounded() throws Exception {
    try (Front front = Front.plain(Front.PATIENT.with(Limit.COMMAND_BYTES_TOTAL, 10), asked)) {
      try (RawClient first = RawClient.plain(front.port());
          RawClient second = RawClient.plain(front.port())) {
        first.send(withBody("12345678"));
        Exchange exchange = asked.next();
        assertThat(answer(second.send(withBody("12345678"))).status()).isEqualTo(503);
        assertThat(front.meters.reached).containsExactly(Limit.COMMAND_BYTES_TOTAL);
        Asked.with(exchange, ExchangeIT::echo);
        assertThat(answer(first).status()).isEqualTo(200);
        first.send(withBody("12345678"));
        Asked.with(asked.next(), ExchangeIT::echo);
        assertThat(answer(first).status()).isEqualTo(200);
      }
    }
  }
}
