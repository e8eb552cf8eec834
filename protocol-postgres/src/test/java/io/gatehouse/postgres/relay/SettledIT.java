package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.ask;
import static io.gatehouse.postgres.testing.Answers.extended;
import static io.gatehouse.postgres.testing.Answers.join;
import static io.gatehouse.postgres.testing.Answers.untilReady;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Submission;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gate learns of a session's state, and when. */
class SettledIT {
  private final Gateway gateway = Gateway.passing();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void pathSet_settlesWithTheReportedPath() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("set search_path = pg_catalog"));
      ask(connection, new Query("begin"));

      assertThat(gateway.gate.settled)
          .containsExactly("NONE \"$user\", public", "NONE pg_catalog", "OPEN pg_catalog");
    }
  }

  @Test
  void loggedIn_settlesOnceBeforeTheFirstCommand() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      assertThat(gateway.gate.settled).containsExactly("NONE \"$user\", public");
      assertThat(gateway.gate.submitted).isEmpty();

      assertThat(ask(connection, new Query("select 1"))).contains("[1]");
    }
  }

  @Test
  void batches_areCountedAsTheClientEndsThem() throws Exception {
    List<Long> batches = new CopyOnWriteArrayList<>();
    gateway.gate.script(
        (submission, _) -> {
          batches.add(submission.session().batches());
          return Decision.RUN;
        });
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("select 1"));
      connection.send(join(extended("select 2"), extended("select 3")));
      connection.send(new Sync());
      connection.send(join(extended("select 4"), new Sync()));
      untilReady(connection);
      untilReady(connection);

      assertThat(batches).containsExactly(0L, 1L, 1L, 1L, 1L, 2L, 2L);
    }
  }

  @Test
  void twoBatchesInFlight_settlesOnce_afterTheLast() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(join(extended("set search_path = pg_catalog"), new Sync()));
      connection.send(join(extended("begin"), new Sync()));
      untilReady(connection);
      untilReady(connection);

      assertThat(gateway.gate.settled).last().isEqualTo("OPEN pg_catalog");
      assertThat(gateway.gate.settled)
          .filteredOn(state -> !state.endsWith("pg_catalog"))
          .containsExactly("NONE \"$user\", public");
    }
  }

  @Test
  void askedAgain_submitsAnewUnderItsOwnNumber() throws Exception {
    List<Long> asked = new CopyOnWriteArrayList<>();
    AtomicBoolean known = new AtomicBoolean();
    gateway.gate.script(
        (submission, reply) -> {
          asked.add(submission.sequence());
          if (known.compareAndSet(false, true)) {
            reply.again(submission.sequence());
            reply.again(submission.sequence());
            return Answer.LATER;
          }
          return Decision.RUN;
        });
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, join(extended("select 7"), new Sync())))
          .containsExactly("ParseComplete", "BindComplete", "[7]", "SELECT 1", "ready I");

      assertThat(asked).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void bound_tellsAfterWhichSubmission() throws Exception {
    List<Long> bound = new CopyOnWriteArrayList<>();
    gateway.gate.script(
        (submission, _) -> {
          if (submission.stage() == Submission.Stage.EXECUTE
              && submission.commands().getFirst() instanceof CommandForm.Sql sql) {
            bound.add(sql.boundAfter());
          }
          return Decision.RUN;
        });
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("begin"));
      connection.send(
          new Parse("s", "select 1", new int[0]),
          new Bind("p", "s", new int[0], List.of(), new int[0]));
      connection.send(extended("set local search_path = pg_catalog"));
      connection.send(new Execute("p", 0), new Sync());
      untilReady(connection);

      // begin 1, Parse s 2, Parse set 3, Execute set 4, Execute p 5.
      assertThat(bound).containsExactly(0L, 3L, 2L);
    }
  }
}
