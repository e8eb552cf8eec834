package io.gatehouse.mcp.http;

import static io.gatehouse.mcp.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.testing.Asked;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.RawClient;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Connections that keep a place occupied, and the end of a listener. */
class SlowClientsIT {
  private static final String GET =
      "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
  private static final String POST =
      GET.replace("GET", "POST")
          .replace(
              "Accept:",
              "Content-Length: 2\r\nContent-Type: application/json\r\nAccept: application/json,");

  private final Asked asked = new Asked();

  private static void answer(Exchange exchange) {
    exchange.answer(200, Headers.NONE, Unpooled.EMPTY_BUFFER);
  }

  private static int status(RawClient client) throws Exception {
    RawClient.Answer answer = client.answer();
    assertThat(answer).isNotNull();
    return answer.status();
  }

  @Test
  void slow_headers_areCut() throws Exception {
    try (Front front =
            Front.plain(Front.PATIENT.with(Limit.HTTP_HEAD_SECONDS, 1), SlowClientsIT::answer);
        RawClient silent = RawClient.plain(front.port());
        RawClient slow = RawClient.plain(front.port());
        RawClient second = RawClient.plain(front.port())) {
      slow.send(GET.substring(0, 30));
      assertThat(status(second.send(GET + GET.substring(0, 30)))).isEqualTo(200);
      assertThat(status(slow)).isEqualTo(408);
      assertThat(slow.ends()).isTrue();
      assertThat(silent.ends()).isTrue();
      assertThat(status(second)).isEqualTo(408);
      assertThat(front.meters.reached).containsOnly(Limit.HTTP_HEAD_SECONDS).hasSize(3);
    }
  }

  @Test
  void handshake_thatDoesNotEnd_isCut() throws Exception {
    try (Front front =
            Front.tls(Front.PATIENT.with(Limit.HTTP_HEAD_SECONDS, 1), SlowClientsIT::answer);
        RawClient silent = RawClient.plain(front.port())) {
      assertThat(silent.ends()).isTrue();
      await().until(() -> front.meters.closed.size() == 1);
      assertThat(front.meters.closed).containsExactly(CloseReason.LOGIN_TIMED_OUT);
    }
  }

  @Test
  void handshake_thatIsNone_ends() throws Exception {
    try (Front front = Front.tls(Front.PATIENT, SlowClientsIT::answer);
        RawClient plain = RawClient.plain(front.port())) {
      plain.send(GET);
      await().until(() -> front.meters.closed.size() == 1);
      assertThat(front.meters.closed).containsExactly(CloseReason.TLS_FAILED);
    }
  }

  @Test
  void slow_body_isCut() throws Exception {
    try (Front front =
            Front.plain(Front.PATIENT.with(Limit.HTTP_BODY_SECONDS, 1), SlowClientsIT::answer);
        RawClient slow = RawClient.plain(front.port())) {
      assertThat(status(slow.send(POST + "{"))).isEqualTo(408);
      assertThat(slow.ends()).isTrue();
      assertThat(front.meters.reached).containsExactly(Limit.HTTP_BODY_SECONDS);
    }
  }

  @Test
  void idle_connection_isClosed_butNotOneThatIsAnswered() throws Exception {
    try (Front front = Front.plain(Front.PATIENT.with(Limit.HTTP_IDLE_SECONDS, 1), asked);
        RawClient idle = RawClient.plain(front.port());
        RawClient busy = RawClient.plain(front.port())) {
      busy.send(GET);
      Exchange exchange = asked.next();
      idle.send(GET);
      Asked.with(asked.next(), SlowClientsIT::answer);
      assertThat(status(idle)).isEqualTo(200);
      assertThat(idle.ends()).isTrue();
      Asked.with(exchange, SlowClientsIT::answer);
      assertThat(status(busy)).isEqualTo(200);
    }
  }

  @Test
  void reader_thatStalls_isClosed() throws Exception {
    try (Front front = Front.plain(Front.PATIENT.with(Limit.CLIENT_STALLED_SECONDS, 1), asked);
        RawClient client = RawClient.plain(front.port())) {
      client.send(GET);
      Exchange exchange = asked.next();
      Asked.with(
          exchange,
          on -> {
            Outflow out = on.stream(200, Headers.NONE);
            Runnable fill =
                () -> {
                  while (out.isWritable()) {
                    out.write(Unpooled.wrappedBuffer(new byte[65_536]));
                  }
                };
            out.onWritable(fill);
            fill.run();
          });
      await().until(() -> front.meters.closed.size() == 1);
      assertThat(front.meters.closed).containsExactly(CloseReason.CLIENT_TOO_SLOW);
    }
  }

  @Test
  void full_door_letsNobodyIn() throws Exception {
    try (Front front = Front.plain(Front.PATIENT.with(Limit.SESSIONS, 1), SlowClientsIT::answer);
        RawClient first = RawClient.plain(front.port())) {
      assertThat(status(first.send(GET))).isEqualTo(200);
      try (RawClient second = RawClient.plain(front.port())) {
        assertThat(second.ends()).isTrue();
      }
      assertThat(status(first.send(GET))).isEqualTo(200);
      assertThat(front.meters.reached).containsExactly(Limit.SESSIONS);
    }
  }

  @Test
  void drain_endsIdleConnections_andOthersWithTheirAnswer() throws Exception {
    try (Front front = Front.plain(Front.PATIENT, asked);
        RawClient idle = RawClient.plain(front.port());
        RawClient busy = RawClient.plain(front.port())) {
      idle.send(GET);
      Asked.with(asked.next(), SlowClientsIT::answer);
      assertThat(status(idle)).isEqualTo(200);
      busy.send(GET);
      Exchange exchange = asked.next();
      CompletableFuture<Void> drained = front.door.drain().toCompletableFuture();
      assertThat(idle.ends()).isTrue();
      assertThat(drained.isDone()).isFalse();
      Asked.with(exchange, SlowClientsIT::answer);
      RawClient.Answer last = busy.answer();
      assertThat(last).isNotNull();
      assertThat(last.head()).contains("connection: close");
      assertThat(busy.ends()).isTrue();
      drained.join();
    }
  }

  @Test
  void drain_killsWhatDoesNotEnd() throws Exception {
    try (Front front = Front.plain(Front.PATIENT.with(Limit.DRAIN_SECONDS, 1), asked);
        RawClient busy = RawClient.plain(front.port())) {
      busy.send(GET);
      asked.next();
      front.door.drain().toCompletableFuture().join();
      assertThat(busy.ends()).isTrue();
      assertThat(front.meters.closed).containsExactly(CloseReason.DRAINED);
    }
  }
}
