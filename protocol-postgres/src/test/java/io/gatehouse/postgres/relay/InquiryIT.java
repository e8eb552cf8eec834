package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.ask;
import static io.gatehouse.postgres.testing.Answers.extended;
import static io.gatehouse.postgres.testing.Answers.join;
import static io.gatehouse.postgres.testing.Answers.untilReady;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.postgres.message.CopyData;
import io.gatehouse.postgres.message.CopyDone;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.testing.ScriptedGate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate asks the session's own server something between two commands. */
class InquiryIT {
  private final Gateway gateway = Gateway.passing();

  private static final String DIVISION = "ERROR 22012 division by zero";

  /** What came of each inquiry. */
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    gateway.close();
  }

  private void askBefore(String mark, String sql, int maxRows) {
    List<Long> seen = new ArrayList<>();
    gateway.gate.script(
        (submission, reply) -> {
          if (!ScriptedGate.text(submission).contains(mark) || !seen.isEmpty()) {
            return Decision.RUN;
          }
          seen.add(submission.sequence());
          inquire(submission, reply, new Statement(sql, maxRows, Duration.ofSeconds(20)));
          return Answer.LATER;
        });
  }

  private void inquire(Submission submission, Reply reply, Statement statement) {
    long sequence = submission.sequence();
    gateway
        .gate
        .control()
        .inquire(statement)
        .whenComplete(
            (rows, failure) -> {
              told.add(
                  failure == null
                      ? rows.rows().stream().map(List::toString).toList().toString()
                      : String.valueOf(failure.getMessage()));
              reply.again(sequence);
            });
  }

  private String told() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void asked_gateGetsTheRows_clientSeesOnlyItsOwn() throws Exception {
    askBefore("mine", "select 'of the gate', 7", 10);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select 'mine'")))
          .containsExactly("RowDescription", "[mine]", "SELECT 1", "ready I");

      assertThat(told())
          .isEqualTo("[[" + new Value.Text("of the gate") + ", " + new Value.Int(7) + "]]");
    }
  }

  @Test
  void askedInsideTransaction_clientsUnnamedStatementAndPortalSurvive() throws Exception {
    askBefore("mine", "select current_setting('search_path')", 10);
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("begin"));
      ask(
          connection,
          new Parse("", "select generate_series(1, 3)", new int[0]),
          new Bind("", "", new int[0], List.of(), new int[0]),
          new Execute("", 1),
          new Sync());
      connection.send(new Parse("m", "select 'mine'", new int[0]), new Sync());
      untilReady(connection);
      assertThat(told()).contains("public");

      assertThat(ask(connection, new Execute("", 1), new Sync()))
          .containsExactly("[2]", "PortalSuspended", "ready T");
      assertThat(
              ask(
                  connection,
                  new Bind("", "", new int[0], List.of(), new int[0]),
                  new Execute("", 0),
                  new Sync()))
          .containsExactly("BindComplete", "[1]", "[2]", "[3]", "SELECT 3", "ready T");
    }
  }

  @Test
  void tooManyRows_fails_sessionGoesOn() throws Exception {
    askBefore("mine", "select generate_series(1, 5)", 4);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");

      assertThat(told()).isEqualTo("more than 4 rows");
    }
  }

  @Test
  void serverRefuses_fails_clientHearsNothingOfIt() throws Exception {
    askBefore("mine", "select 1/0", 4);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");

      assertThat(told()).isEqualTo("the server refused: 22012");
    }
  }

  @Test
  void batchesInFlight_failsAtOnce() throws Exception {
    askBefore("mine", "select 1", 4);
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query("select 'first', pg_sleep(0.1)"), new Query("select 'mine'"));
      assertThat(untilReady(connection)).contains("[first, ]");
      assertThat(untilReady(connection)).contains("[mine]");

      assertThat(told()).isEqualTo("the session has not settled");
    }
  }

  @Test
  void askedInTheMiddleOfABatch_afterWhatWasForwarded_clientSeesOnlyItsOwn() throws Exception {
    askBefore("mine", "select current_setting('gatehouse.test')", 4);
    try (RawConnection connection = gateway.connect()) {
      assertThat(
              ask(
                  connection,
                  join(
                      extended("select set_config('gatehouse.test', 'in the batch', true)"),
                      join(extended("select 'mine', txid_current()"), new Sync()))))
          .hasSize(9)
          .containsSubsequence("[in the batch]", "SELECT 1", "ParseComplete", "SELECT 1");

      assertThat(told()).isEqualTo("[[" + new Value.Text("in the batch") + "]]");
    }
  }

  @Test
  void askedInTheMiddleOfABatch_theBatchIsStillOneTransaction() throws Exception {
    askBefore("mine", "select 1", 4);
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("create temporary table kept (a int)"));
      ask(
          connection,
          join(
              extended("insert into kept values (1)"),
              join(extended("select 1/(n-n), 'mine' from generate_series(1,1) n"), new Sync())));

      assertThat(told()).isEqualTo("[[" + new Value.Int(1) + "]]");
      assertThat(ask(connection, new Query("select count(*) from kept"))).contains("[0]");
    }
  }

  @Test
  void askedAfterACopyInTheSameBatch_isAnswered() throws Exception {
    askBefore("mine", "select count(*) from kept", 4);
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("create temporary table kept (a int)"));
      connection.send(extended("copy kept from stdin"));
      connection.send(new CopyData("7\n".getBytes(StandardCharsets.US_ASCII)), new CopyDone());
      assertThat(ask(connection, join(extended("select 'mine'"), new Sync())))
          .contains("COPY 1", "[mine]", "ready I");

      assertThat(told()).isEqualTo("[[" + new Value.Int(1) + "]]");
    }
  }

  @Test
  void batchFailsBeforeTheQuestion_itIsDropped_sessionGoesOn() throws Exception {
    askBefore("mine", "select 1", 4);
    try (RawConnection connection = gateway.connect()) {
      assertThat(
              ask(
                  connection,
                  join(
                      extended("select 1/(n-n) from generate_series(1,1) n"),
                      join(extended("select 'mine'"), new Sync()))))
          .containsExactly("ParseComplete", "BindComplete", DIVISION, "ready I");

      assertThat(told()).isEqualTo("the server did not answer it");
      assertThat(gateway.gate.withdrawn).hasSize(1);
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");
    }
  }

  @Test
  void serverRefusesInTheMiddleOfABatch_theBatchIsOver_sessionGoesOn() throws Exception {
    askBefore("mine", "select 1/0", 4);
    try (RawConnection connection = gateway.connect()) {
      assertThat(
              ask(
                  connection,
                  join(extended("select 'first'"), join(extended("select 'mine'"), new Sync()))))
          .containsExactly(
              "ParseComplete",
              "BindComplete",
              "[first]",
              "SELECT 1",
              "ERROR 57P03 the database server refused what the gate had to ask before this"
                  + " command",
              "ready I");

      assertThat(told()).isEqualTo("the server refused: 22012");
      assertThat(ask(connection, new Query("select 'mine'"))).contains("[mine]");
    }
  }

  @Test
  void cancelledWhileItIsAnswered_theCommandIsRefused_sessionGoesOn() throws Exception {
    askBefore("mine", "select pg_sleep(0.3)", 4);
    try (RawConnection connection = new RawConnection(gateway.port())) {
      Gateway.logIn(connection, 0);
      BackendKeyData key =
          (BackendKeyData) connection.readUntil(BackendKeyData.class::isInstance).getLast();
      connection.readUntil(ReadyForQuery.class::isInstance);
      connection.send(new Query("select 'mine'"));
      try (RawConnection cancelling = new RawConnection(gateway.port())) {
        cancelling.send(new CancelRequest(key.processId(), key.secretKey()));
        assertThat(cancelling.atEnd()).isTrue();
      }

      assertThat(untilReady(connection))
          .containsExactly("ERROR 57014 canceling statement due to user request", "ready I");
      assertThat(ask(connection, new Query("select 'more'"))).contains("[more]");
    }
  }
}
