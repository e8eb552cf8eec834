package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.ask;
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
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.ResultDescription.Column;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.testing.ScriptedGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate has a statement described that does not run, before the client's command does. */
class DescribingIT {
  private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

  private final Gateway gateway = Gateway.passing();

  /** What came of each description. */
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    gateway.close();
  }

  private void describeBefore(String mark, String sql, Duration time) {
    List<Long> seen = new ArrayList<>();
    gateway.gate.script(
        (submission, reply) -> {
          boolean runs = submission.stage() == io.gatehouse.spi.Submission.Stage.EXECUTE;
          if (!runs || !ScriptedGate.text(submission).contains(mark) || !seen.isEmpty()) {
            return Decision.RUN;
          }
          long sequence = submission.sequence();
          seen.add(sequence);
          gateway
              .gate
              .control()
              .describe(sql, time)
              .whenComplete(
                  (described, failure) -> {
                    told.add(
                        failure == null
                            ? described.columns().stream()
                                .map(Column::name)
                                .collect(Collectors.joining(","))
                            : code(failure));
                    reply.again(sequence);
                  });
          return Answer.LATER;
        });
  }

  private static String code(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof UpstreamException refused
        ? refused.getMessage() + "/" + refused.code()
        : String.valueOf(cause);
  }

  private String told() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void described_gateGetsTheColumns_andNothingRan() throws Exception {
    describeBefore("mine", "select 1/0 as one, $1::text as two", LONG);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select 'mine'")))
          .containsExactly("RowDescription", "[mine]", "SELECT 1", "ready I");
      assertThat(told()).isEqualTo("one,two");
      assertThat(ask(connection, new Query("select count(*) from pg_prepared_statements")))
          .contains("[0]");
    }
  }

  @Test
  void statementWithoutResult_hasNoColumns() throws Exception {
    describeBefore("mine", "copy (select 1) to stdout", LONG);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");
      assertThat(told()).isEmpty();
    }
  }

  @Test
  void serverRefuses_gateHearsItsCode_clientNothing() throws Exception {
    describeBefore("mine", "select nothing", LONG);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]", "ready I");
      assertThat(told()).isEqualTo("the server refused: 42703/42703");
    }
  }

  @Test
  void severalStatements_areRefused() throws Exception {
    describeBefore("mine", "select 1; drop table x", LONG);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");
      assertThat(told()).isEqualTo("the server refused: 42601/42601");
    }
  }

  @Test
  void insideABatch_itsUnnamedStatementAndPortalSurvive() throws Exception {
    describeBefore("mine", "select 1 as one", LONG);
    try (RawConnection connection = gateway.connect()) {
      assertThat(
              ask(
                  connection,
                  new Parse("", "select 'mine'", new int[0]),
                  new Bind("", "", new int[0], List.of(), new int[0]),
                  new Execute("", 0),
                  new Bind("", "", new int[0], List.of(), new int[0]),
                  new Execute("", 0),
                  new Sync()))
          .containsExactly(
              "ParseComplete",
              "BindComplete",
              "[mine]",
              "SELECT 1",
              "BindComplete",
              "[mine]",
              "SELECT 1",
              "ready I");
      assertThat(told()).isEqualTo("one");
    }
  }

  @Test
  void serverRefusesInsideABatch_clientGetsOneErrorWithItsCode() throws Exception {
    describeBefore("mine", "select nothing", LONG);
    try (RawConnection connection = gateway.connect()) {
      connection.send(
          new Parse("", "select 'mine'", new int[0]),
          new Bind("", "", new int[0], List.of(), new int[0]),
          new Execute("", 0),
          new Execute("", 0),
          new Sync());
      List<String> answers = untilReady(connection);
      assertThat(answers)
          .hasSize(4)
          .startsWith("ParseComplete", "BindComplete")
          .endsWith("ready I");
      assertThat(answers.get(2)).startsWith("ERROR 42703").contains("did not describe");
      assertThat(told()).isEqualTo("the server refused: 42703/42703");
      assertThat(ask(connection, new Query("select 7"))).contains("[7]");
    }
  }

  @Test
  void longerThanItMayTake_isCancelled_andTheSessionGoesOn() throws Exception {
    try (RawConnection holder = gateway.connect();
        RawConnection connection = gateway.connect()) {
      ask(holder, new Query("create table if not exists held (n int)"));
      ask(holder, new Query("begin; lock table held in access exclusive mode"));
      // of the session that was connected last
      describeBefore("mine", "select n from held", Duration.ofMillis(300));
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");
      assertThat(told()).isEqualTo("the server refused: 57014/57014");
      assertThat(ask(holder, new Query("rollback; drop table held"))).contains("ready I");
    }
  }
}
