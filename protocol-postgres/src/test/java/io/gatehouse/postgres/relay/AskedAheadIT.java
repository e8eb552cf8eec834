package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.ask;
import static io.gatehouse.postgres.testing.Answers.extended;
import static io.gatehouse.postgres.testing.Answers.join;
import static io.gatehouse.postgres.testing.Answers.lines;
import static io.gatehouse.postgres.testing.Answers.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.postgres.message.NotificationResponse;
import io.gatehouse.postgres.message.ParameterStatus;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.RealServer;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.message.Terminate;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate asks the server as soon as a session has settled, before the client's next command. */
class AskedAheadIT {
  private static final String SLOWLY = "select pg_sleep(0.2)";

  private static final String ASLEEP =
      "select pid from pg_stat_activity"
          + " where wait_event = 'PgSleep' and query = 'select pg_sleep(20)'";
  private static final Duration TIME = Duration.ofSeconds(20);

  private final Gateway gateway = Gateway.passing();

  /** What was told and what was submitted, in order. */
  private final List<String> order = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    gateway.close();
  }

  private void askAhead(String sql) {
    gateway.gate.script(
        (_, _) -> {
          order.add("submitted");
          return Decision.RUN;
        });
    gateway.gate.whenSettled =
        control ->
            control
                .inquire(new Statement(sql, 9, Duration.ofSeconds(20)))
                .whenComplete((_, failed) -> order.add(failed == null ? "told" : "failed"));
  }

  @Test
  void loggedIn_firstCommandWaits() {
    askAhead(SLOWLY);
    try (RawConnection connection = gateway.connect()) {
      assertThat(order).isEmpty();
      assertThat(ask(connection, new Query("select 'mine'")))
          .containsExactly("RowDescription", "[mine]", "SELECT 1", "ready I");

      assertThat(order).startsWith("told", "submitted");
    }
  }

  @Test
  void settled_clientIsReadyAtOnce_itsNextBatchWaits() {
    try (RawConnection connection = gateway.connect()) {
      askAhead(SLOWLY);
      ask(connection, new Query("select 'first'"));
      assertThat(order).containsExactly("submitted");
      assertThat(ask(connection, join(extended("select 'mine'"), new Sync())))
          .containsExactly("ParseComplete", "BindComplete", "[mine]", "SELECT 1", "ready I");

      assertThat(order).startsWith("submitted", "told", "submitted");
    }
  }

  @Test
  void askedInsideATransaction_itStaysOpen() {
    try (RawConnection connection = gateway.connect()) {
      askAhead("select 1");
      assertThat(ask(connection, new Query("begin"))).containsExactly("BEGIN", "ready T");
      assertThat(ask(connection, new Query("select 2"))).endsWith("SELECT 1", "ready T");
      assertThat(ask(connection, new Query("commit"))).containsExactly("COMMIT", "ready I");
    }
  }

  @Test
  void serverRefuses_clientHearsNothingOfIt() {
    askAhead("select 1/0");
    try (RawConnection connection = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(connection, new Query("select 'mine'")))
            .containsExactly("RowDescription", "[mine]", "SELECT 1", "ready I");
      }
      assertThat(order).startsWith("failed", "submitted", "failed", "submitted");
    }
  }

  @Test
  void othersSpeakMeanwhile_clientHearsThem() {
    try (RawConnection connection = gateway.connect()) {
      ask(
          connection,
          new Query(
              "create or replace function pg_temp.speak() returns int language plpgsql as"
                  + " 'begin raise notice ''hear''; perform pg_notify(''n'', ''hear'');"
                  + " perform set_config(''application_name'', ''heard'', false);"
                  + " return 1; end'"));
      ask(connection, new Query("listen n"));
      askAhead("select pg_temp.speak()");
      ask(connection, new Query("select 1"));

      var heard = connection.readUntil(ParameterStatus.class::isInstance);
      assertThat(heard).hasAtLeastOneElementOfType(NoticeResponse.class);
      assertThat(heard).hasAtLeastOneElementOfType(NotificationResponse.class);
      gateway.gate.whenSettled = _ -> {};
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");
    }
  }

  @Test
  void clientGoesMeanwhile_sessionEnds() {
    askAhead(SLOWLY);
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Terminate());
    }
    await().untilAsserted(() -> assertThat(gateway.gate.closed).hasSize(1));
    assertThat(gateway.gate.closed.getFirst())
        .isIn(CloseReason.CLIENT_TERMINATED, CloseReason.CLIENT_DISCONNECTED);
    assertThat(order).hasSize(1);
  }

  @Test
  void clientCommandsAndEndsItsInputMeanwhile_theCommandIsStillAnswered() throws Exception {
    askAhead(SLOWLY);
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query("select 'mine'"));
      connection.endInput();

      assertThat(untilReady(connection)).contains("[mine]");
      assertThat(connection.atEnd()).isTrue();
    }
  }

  @Test
  void clientCancelsMeanwhile_theQuestionIsAnswered() {
    askAhead(SLOWLY);
    try (RawConnection connection = new RawConnection(gateway.port())) {
      Gateway.logIn(connection, 0);
      BackendKeyData key =
          (BackendKeyData) connection.readUntil(BackendKeyData.class::isInstance).getLast();
      connection.readUntil(ReadyForQuery.class::isInstance);
      try (RawConnection cancelling = new RawConnection(gateway.port())) {
        cancelling.send(new CancelRequest(key.processId(), key.secretKey()));
        assertThat(cancelling.atEnd()).isTrue();
      }

      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");
      assertThat(order).startsWith("told", "submitted");
    }
  }

  @Test
  void runningCommandCancelled_theCancelDoesNotHitTheQuestion() {
    try (RawConnection connection = new RawConnection(gateway.port())) {
      Gateway.logIn(connection, 0);
      BackendKeyData key =
          (BackendKeyData) connection.readUntil(BackendKeyData.class::isInstance).getLast();
      connection.readUntil(ReadyForQuery.class::isInstance);
      askAhead(SLOWLY);
      for (int i = 0; i < 5; i++) {
        order.clear();
        connection.send(new Query("select pg_sleep(20)"));
        // A server that has not begun it has nothing to cancel.
        await().atMost(Duration.ofSeconds(20)).until(this::asleep);
        try (RawConnection cancelling = new RawConnection(gateway.port())) {
          cancelling.send(new CancelRequest(key.processId(), key.secretKey()));
          assertThat(cancelling.atEnd()).isTrue();
        }
        assertThat(lines(connection.readUntil(ReadyForQuery.class::isInstance)))
            .anyMatch(line -> line.startsWith("ERROR 57014"));
        assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");
        assertThat(order).doesNotContain("failed").contains("told");
      }
    }
  }

  private boolean asleep() {
    return gateway
            .protocol
            .run(Gateway.toRealServer(RealServer.port()), new Statement(ASLEEP, 10, TIME))
            .toCompletableFuture()
            .join()
            .rows()
            .size()
        == 1;
  }

  @Test
  void serverEndsTheSessionMeanwhile_clientIsTold() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      askAhead("select pg_terminate_backend(pg_backend_pid()), pg_sleep(5)");
      ask(connection, new Query("select 1"));

      assertThat(lines(List.of(connection.read())).getFirst()).startsWith("FATAL 57P01");
      assertThat(connection.atEnd()).isTrue();
    }
  }
}
