package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.ask;
import static io.gatehouse.postgres.testing.Answers.extended;
import static io.gatehouse.postgres.testing.Answers.join;
import static io.gatehouse.postgres.testing.Answers.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Answers;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.testing.ScriptedGate;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate takes its time: the client waits, and nothing of the command goes upstream. */
class LateAnswerIT {
  private record Held(long sequence, Reply reply) {}

  private final Gateway gateway = Gateway.passing();
  private final LinkedBlockingQueue<Held> held = new LinkedBlockingQueue<>();

  LateAnswerIT() {
    gateway.gate.script(
        (submission, reply) -> {
          if (!ScriptedGate.text(submission).contains("held")
              || submission.stage() == Submission.Stage.PREPARE) {
            return Decision.RUN;
          }
          held.add(new Held(submission.sequence(), reply));
          return Answer.LATER;
        });
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private Held next() throws InterruptedException {
    Held next = held.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a held command").isNotNull();
    return next;
  }

  @Test
  void simpleQuery_answeredRunLate_runs() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query("select 'held'"));
      Held command = next();

      command.reply().answer(command.sequence(), Decision.RUN);

      assertThat(untilReady(connection))
          .containsExactly("RowDescription", "[held]", "SELECT 1", "ready I");
    }
  }

  @Test
  void extended_answeredRunLate_runsInItsPlace() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(
          join(
              extended("select 1"),
              join(extended("select 'held'"), join(extended("select 3"), new Sync()))));
      Held command = next();

      command.reply().answer(command.sequence(), Decision.RUN);

      assertThat(untilReady(connection))
          .containsExactly(
              "ParseComplete",
              "BindComplete",
              "[1]",
              "SELECT 1",
              "ParseComplete",
              "BindComplete",
              "[held]",
              "SELECT 1",
              "ParseComplete",
              "BindComplete",
              "[3]",
              "SELECT 1",
              "ready I");
    }
  }

  @Test
  void answeredRefuseLate_sessionSurvives() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query("select 'held'"));
      Held command = next();

      command
          .reply()
          .answer(
              command.sequence(),
              new Decision.Refuse(Refusal.of(Refusal.Kind.POLICY, "not approved")));

      assertThat(untilReady(connection)).containsExactly("ERROR 42501 not approved", "ready I");
      assertThat(ask(connection, new Query("select 2"))).contains("[2]");
    }
  }

  @Test
  void answeredTwiceOrForAnother_onlyTheFirstCounts() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query("select 'held'"));
      Held command = next();

      command.reply().answer(command.sequence() + 1, Decision.RUN);
      command
          .reply()
          .answer(command.sequence(), new Decision.Refuse(Refusal.of(Refusal.Kind.POLICY, "no")));
      command.reply().answer(command.sequence(), Decision.RUN);

      assertThat(untilReady(connection)).containsExactly("ERROR 42501 no", "ready I");
      assertThat(ask(connection, new Query("select 2")))
          .containsExactly("RowDescription", "[2]", "SELECT 1", "ready I");
    }
  }

  @Test
  void progress_reachesTheWaitingClientAsNotice() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query("select 'held'"));
      Held command = next();

      command.reply().progress(command.sequence(), "waiting for approval 17");

      assertThat(connection.read())
          .isInstanceOfSatisfying(
              NoticeResponse.class,
              notice -> assertThat(notice.fields().get('M')).isEqualTo("waiting for approval 17"));
      command.reply().answer(command.sequence(), Decision.RUN);
      assertThat(untilReady(connection)).contains("[held]");
    }
  }

  @Test
  void clientCloses_submissionIsWithdrawn() throws Exception {
    Held command;
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query("select 'held'"));
      command = next();
    }

    await().untilAsserted(() -> assertThat(gateway.gate.withdrawn).contains(command.sequence()));
    await()
        .untilAsserted(
            () -> assertThat(gateway.gate.closed).containsExactly(CloseReason.CLIENT_DISCONNECTED));
    command.reply().answer(command.sequence(), Decision.RUN);
  }

  @Test
  void clientCancels_gateAnswersAndNothingRan() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.port())) {
      Gateway.logIn(connection, 2);
      BackendKeyData key =
          connection.readUntil(ReadyForQuery.class::isInstance).stream()
              .filter(BackendKeyData.class::isInstance)
              .map(BackendKeyData.class::cast)
              .findFirst()
              .orElseThrow();
      connection.send(new Query("select 'held'"));
      Held command = next();

      try (RawConnection cancelling = new RawConnection(gateway.port())) {
        cancelling.send(new CancelRequest(key.processId(), key.secretKey()));
        assertThat(cancelling.atEnd()).isTrue();
      }

      assertThat(untilReady(connection))
          .containsExactly("ERROR 57014 canceling statement due to user request", "ready I");
      assertThat(gateway.gate.withdrawn).contains(command.sequence());
      assertThat(ask(connection, new Query("select 2"))).contains("[2]");
    }
  }

  @Test
  void earlierFailureInTheBatch_withdrawsWhatWaits() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(
          join(
              extended("select pg_sleep(0.2), 1/(n-n) from generate_series(1,1) n"),
              join(extended("select 'held'"), new Sync())));
      Held command = next();

      assertThat(untilReady(connection))
          .containsExactly(
              "ParseComplete", "BindComplete", "ERROR 22012 division by zero", "ready I");
      assertThat(gateway.gate.withdrawn).contains(command.sequence());
      assertThat(ask(connection, new Query("select 2")))
          .containsExactly("RowDescription", "[2]", "SELECT 1", "ready I");
    }
  }

  @Test
  void gateThatThrowsAtLogin_refusesAndCloses() {
    gateway.gate.broken = true;
    try (RawConnection connection = new RawConnection(gateway.port())) {
      connection.send(new StartupMessage(3, 0, Map.of("user", "alice")));

      assertThat(Answers.line(connection.read()))
          .isEqualTo("FATAL XX000 the gateway failed to check this login");
      assertThat(connection.atEnd()).isTrue();
    }
  }
}
