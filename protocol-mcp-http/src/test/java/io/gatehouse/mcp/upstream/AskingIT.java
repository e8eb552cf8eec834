package io.gatehouse.mcp.upstream;

import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import io.gatehouse.mcp.testing.Counted;
import io.gatehouse.mcp.testing.Heard;
import io.gatehouse.mcp.testing.ScriptedServer;
import io.gatehouse.mcp.testing.TestTls;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions to servers that are honest, broken, slow or gone. */
class AskingIT {
  private static final Limits PATIENT =
      Limits.DEFAULTS
          .with(Limit.UPSTREAM_KEPT_SECONDS, 300)
          .with(Limit.UPSTREAM_CONNECT_SECONDS, 120);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Transport transport = new Transport(1);
  private final EventLoop loop = transport.loops().next();
  private final Counted meters = new Counted();
  private Asking asking = new Asking(transport, PATIENT, meters);

  @AfterEach
  void close() {
    transport.close();
  }

  private void with(Limit limit, long value) {
    asking = new Asking(transport, PATIENT.with(limit, value), meters);
  }

  private Handle ask(Upstream.Tcp endpoint, Headers headers, String body, Held held, Ear ear) {
    RequestHead head = new RequestHead("POST", "/mcp", headers);
    return CompletableFuture.supplyAsync(
            () ->
                asking.ask(
                    loop,
                    new Question(
                        endpoint, "server.example", head, Unpooled.copiedBuffer(body, UTF_8), held),
                    ear),
            loop)
        .join();
  }

  private static Upstream.Tcp at(int port) {
    return new Upstream.Tcp("127.0.0.1", port, null);
  }

  private Heard ask(ScriptedServer server) {
    Heard heard = new Heard();
    ask(at(server.port()), Headers.NONE, "{}", new Held.Nobody(), heard);
    return heard;
  }

  private static HeldSecret secret(String text) {
    return HeldSecret.of(Secret.of(text.getBytes(UTF_8)));
  }

  @Test
  void connection_isUsedAgain() throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(OK, true)) {
      for (int i = 0; i < 5; i++) {
        Heard heard = ask(server);
        assertThat(heard.outcome()).isEqualTo("end");
        assertThat(heard.status).isEqualTo(200);
        assertThat(heard.body()).isEqualTo("ok");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void request_isWhatCrosses_andTheHeldCredential() throws Exception {
    Headers client =
        Headers.of(
            "Host",
            "gate.example",
            "Authorization",
            "Bearer client",
            "Cookie",
            "c=1",
            "X-Api-Key",
            "client's",
            "Connection",
            "x-hop, close",
            "X-Hop",
            "h",
            "Transfer-Encoding",
            "chunked",
            "Content-Length",
            "99",
            "Expect",
            "100-continue",
            "TE",
            "trailers",
            "Upgrade",
            "h2c",
            "Accept-Encoding",
            "gzip",
            "Mcp-Session-Id",
            "s",
            "Accept",
            "application/json");
    String common = "POST /mcp HTTP/1.1\r\nhost: server.example\r\n";
    try (ScriptedServer server = ScriptedServer.saying(OK, true)) {
      Heard heard = new Heard();
      ask(at(server.port()), client, "{}", new Held.Bearer(secret("t0ken")), heard);
      assertThat(heard.outcome()).isEqualTo("end");
      assertThat(server.requests.getFirst())
          .isEqualTo(
              common
                  + "x-api-key: client's\r\nmcp-session-id: s\r\naccept: application/json\r\n"
                  + "accept-encoding: identity\r\ncontent-length: 2\r\n"
                  + "authorization: Bearer t0ken\r\n\r\n{}");
      Heard named = new Heard();
      ask(at(server.port()), client, "", new Held.Named("X-Api-Key", secret("k")), named);
      assertThat(named.outcome()).isEqualTo("end");
      assertThat(server.requests.get(1))
          .isEqualTo(
              common
                  + "mcp-session-id: s\r\naccept: application/json\r\n"
                  + "accept-encoding: identity\r\ncontent-length: 0\r\nx-api-key: k\r\n\r\n");
    }
  }

  @Test
  void credential_thatWouldBeMoreThanAField_isNotSent() throws Exception {
    Held evil = new Held.Bearer(secret("t\r\nX-Evil: 1"));
    assertThat(evil.toString()).doesNotContain("Evil");
    try (ScriptedServer server = ScriptedServer.saying(OK, true)) {
      Heard heard = new Heard();
      ask(at(server.port()), Headers.NONE, "{}", evil, heard);
      assertThat(heard.outcome()).isEqualTo("CREDENTIAL");
      assertThat(heard.message).doesNotContain("Evil");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void answer_losesWhatIsOfTheConnection() throws Exception {
    String answer =
        String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Connection: X-Hop",
            "X-Hop: 1",
            "Keep-Alive: timeout=5",
            "Transfer-Encoding: chunked",
            "Trailer: X-T",
            "Mcp-Session-Id: s",
            "",
            "2;a=b",
            "ok",
            "0",
            "X-T: 1",
            "",
            "");
    try (ScriptedServer server = ScriptedServer.saying(answer, true)) {
      Heard heard = ask(server);
      assertThat(heard.outcome()).isEqualTo("end");
      assertThat(heard.headers.fields()).containsExactly(new Headers.Field("mcp-session-id", "s"));
      assertThat(heard.body()).isEqualTo("ok");
      assertThat(ask(server).outcome()).isEqualTo("end");
      assertThat(server.connections).hasValue(1);
    }
  }

  static Stream<String> honest() {
    return Stream.of(
        OK,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n" + OK,
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + OK,
        "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 404 \r\nContent-Length: 2\r\n\r\nok");
  }

  @ParameterizedTest
  @MethodSource("honest")
  void answer_isTheSame_whereverItIsCut_andNoPartOfItIsTheWhole(String answer) throws Exception {
    for (int cut = 0; cut <= answer.length(); cut++) {
      String first = answer.substring(0, cut);
      String rest = answer.substring(cut);
      try (ScriptedServer server =
              new ScriptedServer(
                  null,
                  (_, out) -> {
                    out.write(first.getBytes(ISO_8859_1));
                    out.flush();
                    out.write(rest.getBytes(ISO_8859_1));
                    return true;
                  });
          ScriptedServer broken = ScriptedServer.saying(first, false)) {
        Heard heard = ask(server);
        assertThat(heard.outcome()).isEqualTo("end");
        assertThat(heard.body()).isEqualTo("ok");
        assertThat(ask(broken).outcome()).isEqualTo(rest.isEmpty() ? "end" : "CLOSED");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gatehouse.mcp.upstream.BrokenAnswers#all")
  void answer_thatIsNone_fails_andItsConnectionEnds(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(answer, true)) {
      Heard heard = ask(server);
      assertThat(heard.outcome()).isEqualTo("VIOLATED_PROTOCOL");
      await().until(() -> server.ended.get() == 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"204", "304"})
  void answer_withoutABody(int status) throws Exception {
    try (ScriptedServer server =
        ScriptedServer.saying("HTTP/1.1 " + status + " X\r\nContent-Length: 5\r\n\r\n", true)) {
      Heard heard = ask(server);
      assertThat(heard.outcome()).isEqualTo("end");
      assertThat(heard.status).isEqualTo(status);
      assertThat(heard.bytes).hasValue(0);
      assertThat(ask(server).outcome()).isEqualTo("end");
    }
  }

  @Test
  void surplus_isNeverTheNextAnswer() throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            null,
            (_, out) -> {
              String surplus = count.getAndIncrement() == 0 ? OK.replace("ok", "no") : "";
              out.write((OK + surplus).getBytes(ISO_8859_1));
              return true;
            })) {
      assertThat(ask(server).outcome()).isEqualTo("end");
      Heard second = ask(server);
      assertThat(second.outcome()).isEqualTo("end");
      assertThat(second.body()).isEqualTo("ok");
      assertThat(server.connections).hasValue(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1,close", "HTTP/1.0,keep-alive"})
  void connection_thatIsNotToBeKept_isNot(String version, String connection) throws Exception {
    String answer =
        version + " 200 OK\r\nConnection: " + connection + "\r\nContent-Length: 2\r\n\r\nok";
    try (ScriptedServer server = ScriptedServer.saying(answer, true)) {
      assertThat(ask(server).outcome()).isEqualTo("end");
      assertThat(ask(server).outcome()).isEqualTo("end");
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void kept_connectionThatEnded_isNotAskedAgain() throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(OK, true)) {
      assertThat(ask(server).outcome()).isEqualTo("end");
      server.hangUp();
      await().until(() -> open() == 0);
      assertThat(ask(server).outcome()).isEqualTo("end");
    }
  }

  private int open() {
    return CompletableFuture.supplyAsync(() -> asking.open(loop), loop).join();
  }

  @Test
  void kept_connections_areFew_andNotKeptForLong() throws Exception {
    with(Limit.UPSTREAM_KEPT_SECONDS, 1);
    try (ScriptedServer server = ScriptedServer.saying(OK, true)) {
      assertThat(ask(server).outcome()).isEqualTo("end");
      await().until(() -> open() == 0);
    }
  }

  @Test
  void connections_areBounded_andWaitsToo() throws Exception {
    with(Limit.UPSTREAM_CONNECTIONS, 1);
    try (ScriptedServer silent = ScriptedServer.saying("", true)) {
      Heard first = new Heard();
      Handle handle = ask(at(silent.port()), Headers.NONE, "{}", new Held.Nobody(), first);
      assertThat(ask(silent).outcome()).isEqualTo("BUSY");
      CompletableFuture.runAsync(handle::cancel, loop).join();
      assertThat(first.isOver()).isFalse();
      await().until(() -> open() == 0);
      with(Limit.UPSTREAM_ANSWER_SECONDS, 1);
      assertThat(ask(silent).outcome()).isEqualTo("TOO_SLOW");
    }
    assertThat(meters.reached)
        .containsExactly(Limit.UPSTREAM_CONNECTIONS, Limit.UPSTREAM_ANSWER_SECONDS);
  }

  @Test
  void cancelled_question_endsItsConnection() throws Exception {
    String begun = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n";
    try (ScriptedServer server = ScriptedServer.saying(begun, true)) {
      Heard heard = new Heard();
      Handle handle = ask(at(server.port()), Headers.NONE, "{}", new Held.Nobody(), heard);
      await().until(() -> heard.bytes.get() == 2);
      CompletableFuture.runAsync(handle::cancel, loop).join();
      await().until(() -> server.ended.get() == 1);
      assertThat(heard.isOver()).isFalse();
    }
  }

  @Test
  void endless_answer_isReadAsItIsTaken() throws Exception {
    byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(ISO_8859_1);
    AtomicInteger written = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            null,
            (_, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
              for (int i = 0; i < 512; i++) {
                out.write(chunk);
                written.incrementAndGet();
              }
              out.write("0\r\n\r\n".getBytes(ISO_8859_1));
              return true;
            })) {
      Heard heard = new Heard();
      Handle handle = ask(at(server.port()), Headers.NONE, "{}", new Held.Nobody(), heard);
      CompletableFuture.runAsync(handle::pause, loop).join();
      // What the sockets hold, and one read: then the server is held up.
      AtomicInteger before = new AtomicInteger();
      await().until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
      assertThat(written.get()).isLessThan(512);
      assertThat(heard.isOver()).isFalse();
      CompletableFuture.runAsync(handle::resume, loop).join();
      assertThat(heard.outcome()).isEqualTo("end");
      assertThat(heard.bytes).hasValue(512L * 65_536);
    }
  }

  @Test
  void nobody_listens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Heard heard = new Heard();
    ask(at(port), Headers.NONE, "{}", new Held.Nobody(), heard);
    assertThat(heard.outcome()).isEqualTo("UNREACHABLE");
    Heard unknown = new Heard();
    Upstream.Tcp nowhere = new Upstream.Tcp("nowhere.invalid", 1, null);
    ask(nowhere, Headers.NONE, "{}", new Held.Nobody(), unknown);
    assertThat(unknown.outcome()).isEqualTo("UNREACHABLE");
  }

  private Heard askByTls(@Nullable String name, String host) throws Exception {
    SslContext tls = TestTls.towardsServers();
    try (ScriptedServer server =
        new ScriptedServer(
            name == null ? null : TestTls.server(name),
            (_, out) -> {
              out.write(OK.getBytes(ISO_8859_1));
              return true;
            })) {
      Heard heard = new Heard();
      Upstream.Tcp endpoint = new Upstream.Tcp(host, server.port(), tls);
      ask(endpoint, Headers.NONE, "{}", new Held.Bearer(secret("t")), heard);
      heard.outcome();
      if (!heard.outcome().equals("end")) {
        assertThat(server.requests).isEmpty();
      } else {
        Heard again = new Heard();
        ask(endpoint, Headers.NONE, "{}", new Held.Nobody(), again);
        assertThat(again.outcome()).isEqualTo("end");
        assertThat(server.connections).hasValue(1);
      }
      return heard;
    }
  }

  @Test
  void tls_provesWhoTheServerIs_beforeAnythingIsSent() throws Exception {
    assertThat(askByTls("localhost", "localhost").outcome()).isEqualTo("end");
    assertThat(askByTls("other.example", "localhost").outcome()).isEqualTo("UNREACHABLE");
    assertThat(askByTls("localhost", "127.0.0.1").outcome()).isEqualTo("UNREACHABLE");
  }
}
