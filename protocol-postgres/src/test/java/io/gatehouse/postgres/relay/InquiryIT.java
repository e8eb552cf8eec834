package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.ask;
import static io.gatehouse.postgres.testing.Answers.extended;
import static io.gatehouse.postgres.testing.Answers.join;
import static io.gatehouse.postgres.testing.Answers.untilReady;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.postgres.testing.ScriptedGate;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.UpstreamPort.Statement;
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
  void notSettled_failsAtOnce() throws Exception {
    askBefore("mine", "select 1", 4);
    try (RawConnection connection = gateway.connect()) {
      assertThat(
              ask(
                  connection,
                  join(extended("select 'first'"), join(extended("select 'mine'"), new Sync()))))
          .contains("[first]", "[mine]");

      assertThat(told()).isEqualTo("the session has not settled");
    }
  }
}
