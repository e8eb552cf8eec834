package io.gatehouse.postgres.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.NotificationResponse;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.RealServer;
import io.gatehouse.postgres.testing.FakeServer;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.NotificationPort.Ear;
import io.gatehouse.spi.NotificationPort.Listening;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.testing.FreePort;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate listens on a channel of a server. */
final class ListenIT {
  private static final BackendMessage[] LOGGED_IN = {
    new AuthenticationOk(), new BackendKeyData(1, new byte[4]), new ReadyForQuery((byte) 'I')
  };

  private final Gateway gateway = Gateway.passing();

  /** What the ear was told. */
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private final Ear ear =
      new Ear() {
        @Override
        public void began() {
          told.add("began");
        }

        @Override
        public void heard() {
          told.add("heard");
        }

        @Override
        public void ended(String reason) {
          told.add("ended: " + reason);
        }
      };

  @AfterEach
  void close() {
    gateway.close();
  }

  private Listening listen(int port) {
    return gateway.protocol.listen(Gateway.toRealServer(port), "news_1", ear);
  }

  private String next() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  private void run(String sql) {
    gateway
        .protocol
        .run(
            Gateway.toRealServer(RealServer.port()), new Statement(sql, 10, Duration.ofSeconds(20)))
        .toCompletableFuture()
        .join();
  }

  private int listeners() {
    return gateway
        .protocol
        .run(
            Gateway.toRealServer(RealServer.port()),
            new Statement(
                "select pid from pg_stat_activity where query = 'LISTEN news_1'",
                10,
                Duration.ofSeconds(20)))
        .toCompletableFuture()
        .join()
        .rows()
        .size();
  }

  @Test
  void notifications_areHeardOfItsOwnChannelOnly() throws Exception {
    try (Listening _ = listen(RealServer.port())) {
      assertThat(next()).isEqualTo("began");
      run("notify news_2, 'other'; notify news_1, 'x'; notify news_1, 'y'");
      assertThat(next()).isEqualTo("heard");
      assertThat(next()).isEqualTo("heard");
      run("notify news_1");
      assertThat(next()).isEqualTo("heard");
    }
    assertThat(told).isEmpty();
  }

  @Test
  void closed_leavesTheServerAndHearsNothingMore() throws Exception {
    Listening listening = listen(RealServer.port());
    assertThat(next()).isEqualTo("began");
    assertThat(listeners()).isEqualTo(1);

    listening.close();
    listening.close();

    org.awaitility.Awaitility.await().until(() -> listeners() == 0);
    run("notify news_1");
    assertThat(told).isEmpty();
  }

  @Test
  void closedBeforeItIsConnected_leavesNothingBehind() {
    listen(RealServer.port()).close();

    org.awaitility.Awaitility.await().during(Duration.ofMillis(300)).until(() -> listeners() == 0);
    assertThat(told).isEmpty();
  }

  @Test
  void killed_endsOnce() throws Exception {
    listen(RealServer.port());
    assertThat(next()).isEqualTo("began");

    run("select pg_terminate_backend(pid) from pg_stat_activity where query = 'LISTEN news_1'");

    assertThat(next()).isEqualTo("ended: the server refused: 57P01");
    gateway.close();
    assertThat(told).isEmpty();
  }

  @Test
  void noServer_ends() throws Exception {
    listen(FreePort.take());

    assertThat(next()).startsWith("ended: no connection to ");
  }

  @Test
  void refusal_ends() throws Exception {
    try (FakeServer server =
        new FakeServer(
            peer -> {
              peer.packet();
              peer.send(LOGGED_IN);
              peer.message();
              peer.send(new NotificationResponse(1, "news_1", "before it listens"));
              peer.write((byte) 'E', (byte) 0, (byte) 0, (byte) 0, (byte) 12);
              peer.write("C25006\0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
              peer.read();
            })) {
      listen(server.port());

      assertThat(next()).isEqualTo("heard");
      assertThat(next()).isEqualTo("ended: the server refused: 25006");
    }
  }

  @Test
  void messageThatIsTooLong_endsAtItsHeader() throws Exception {
    try (FakeServer server =
        new FakeServer(
            peer -> {
              peer.packet();
              peer.send(LOGGED_IN);
              peer.message();
              peer.send(new CommandComplete("LISTEN"), new ReadyForQuery((byte) 'I'));
              peer.write((byte) 'A', (byte) 1, (byte) 0, (byte) 0, (byte) 0);
              peer.read();
            })) {
      listen(server.port());

      assertThat(next()).isEqualTo("began");
      assertThat(next()).contains("ended: the connection failed").contains("a message of 16777216");
    }
  }

  /** What had come of it is released: each class of tests ends with a count of buffers. */
  @Test
  void gateClosedInTheMiddleOfAMessage_leavesNoBuffer() throws Exception {
    try (FakeServer server =
        new FakeServer(
            peer -> {
              peer.packet();
              peer.send(LOGGED_IN);
              peer.message();
              peer.write((byte) 'A', (byte) 0, (byte) 0, (byte) 0, (byte) 40, (byte) 1);
              told.add("half");
              peer.read();
            })) {
      listen(server.port());
      gateway.protocol.run(
          Gateway.toRealServer(server.port()),
          new Statement("select 1", 1, Duration.ofSeconds(20)));
      assertThat(next()).isEqualTo("half");
      assertThat(next()).isEqualTo("half");

      gateway.close();

      assertThat(next()).startsWith("ended: ");
    }
  }

  @Test
  void channelThatIsNoName_isRefused() {
    for (String channel : new String[] {"a; drop table t", "", "A", "a b", "\"a\""}) {
      assertThatThrownBy(
              () -> gateway.protocol.listen(Gateway.toRealServer(RealServer.port()), channel, ear))
          .as(channel)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
