package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.ask;
import static io.gatehouse.postgres.testing.Answers.extended;
import static io.gatehouse.postgres.testing.Answers.join;
import static io.gatehouse.postgres.testing.Answers.untilReady;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.Close;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.Kind;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.testing.ScriptedGate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The text that is submitted at Execute is the text that the server runs, or none at all. */
class NamesIT {
  private final Gateway gateway = Gateway.passing();

  @AfterEach
  void close() {
    gateway.close();
  }

  private static Parse parse(String name, String sql) {
    return new Parse(name, sql, new int[0]);
  }

  private static FrontendMessage[] run(String name) {
    return new FrontendMessage[] {
      new Bind("", name, new int[0], List.of(), new int[0]), new Execute("", 0), new Sync()
    };
  }

  private List<String> submittedAtExecute() {
    return gateway.gate.submitted.stream()
        .filter(line -> line.startsWith("EXECUTE"))
        .map(line -> line.substring("EXECUTE ".length()))
        .toList();
  }

  @Test
  void reparseOfATakenName_keepsTheOldTextOnBothSides() {
    try (RawConnection connection = gateway.connect()) {
      ask(connection, parse("s", "select 'old'"), new Sync());
      assertThat(ask(connection, parse("s", "select 'new'"), new Sync()).getFirst())
          .startsWith("ERROR 42P05");

      assertThat(ask(connection, run("s"))).contains("[old]");
      assertThat(submittedAtExecute()).containsExactly("select 'old'");
    }
  }

  @Test
  void reparseStillInFlight_nextBatchWaitsForItsOutcome() {
    try (RawConnection connection = gateway.connect()) {
      ask(connection, parse("s", "select 'old'"), new Sync());
      connection.send(
          join(
              extended("select pg_sleep(0.2)"),
              join(new FrontendMessage[] {parse("s", "select 'new'"), new Sync()}, run("s"))));

      assertThat(untilReady(connection)).last().isEqualTo("ready I");
      assertThat(untilReady(connection)).contains("[old]");
      assertThat(submittedAtExecute()).containsExactly("select pg_sleep(0.2)", "select 'old'");
    }
  }

  @Test
  void closeInAFailedBatch_isSkippedOnBothSides() {
    try (RawConnection connection = gateway.connect()) {
      ask(connection, parse("s", "select 'kept'"), new Sync());
      ask(
          connection,
          join(
              extended("select 1/(n-n) from generate_series(1,1) n"),
              new Close(Kind.STATEMENT, "s"),
              new Sync()));

      assertThat(ask(connection, run("s"))).contains("[kept]");
      assertThat(submittedAtExecute()).last().isEqualTo("select 'kept'");
    }
  }

  @Test
  void nameTakenOverInSql_isSubmittedAsUnknownText() {
    try (RawConnection connection = gateway.connect()) {
      ask(connection, parse("s", "select 'known'"), new Sync());
      ask(connection, new Query("deallocate s"));
      ask(connection, new Query("prepare s as select 'other'"));

      assertThat(ask(connection, run("s"))).contains("[other]");
      assertThat(submittedAtExecute()).last().isEqualTo("STATEMENT s");
    }
  }

  @Test
  void cursorDeclaredInSql_isSubmittedByName() {
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("begin"));
      ask(connection, new Query("declare c cursor for select 'row'"));

      assertThat(ask(connection, new Execute("c", 1), new Sync())).contains("[row]");
      assertThat(submittedAtExecute()).last().isEqualTo("CURSOR c");
    }
  }

  @Test
  void portalTakenOverInSql_isSubmittedAsUnknownCursor() {
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("begin"));
      ask(
          connection,
          parse("", "select 'known'"),
          new Bind("c", "", new int[0], List.of(), new int[0]),
          new Sync());
      ask(connection, new Query("close c; declare c cursor for select 'other'"));

      assertThat(ask(connection, new Execute("c", 0), new Sync())).contains("[other]");
      assertThat(submittedAtExecute()).last().isEqualTo("CURSOR c");
    }
  }

  /** Whether the gate hears of a portal "c" at each FETCH. */
  private List<Boolean> bound() {
    List<Boolean> told = new CopyOnWriteArrayList<>();
    gateway.gate.script(
        (submission, _) -> {
          if (ScriptedGate.text(submission).startsWith("fetch")) {
            told.add(submission.session().portalBound("c"));
          }
          return Decision.RUN;
        });
    return told;
  }

  @Test
  void cursorReplacedByAPortal_isToldUntilTheTransactionEnds() {
    List<Boolean> told = bound();
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("begin"));
      ask(connection, new Query("declare c cursor for select 'known'"));
      assertThat(ask(connection, new Query("fetch c"))).contains("[known]");
      ask(
          connection,
          new Close(Kind.PORTAL, "c"),
          parse("", "select 'other'"),
          new Bind("c", "", new int[0], List.of(), new int[0]),
          new Sync());
      assertThat(ask(connection, new Query("fetch c"))).contains("[other]");
      ask(connection, new Query("commit"));
      ask(connection, new Query("begin"));
      ask(connection, new Query("fetch c"));

      assertThat(told).containsExactly(false, true, false);
    }
  }

  @Test
  void closeOfAPortalSkipped_itIsStillTold() {
    List<Boolean> told = bound();
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("begin"));
      ask(
          connection,
          parse("", "select 'other'"),
          new Bind("c", "", new int[0], List.of(), new int[0]),
          new Sync());
      ask(connection, new Query("savepoint s"));
      ask(connection, parse("", "nothing"), new Close(Kind.PORTAL, "c"), new Sync());
      ask(connection, new Query("rollback to s"));
      assertThat(ask(connection, new Query("fetch c"))).contains("[other]");

      assertThat(told).containsExactly(true);
    }
  }

  @Test
  void namesThatTheServerWouldCut_areRefused() {
    String most = "n".repeat(63);
    try (RawConnection connection = gateway.connect()) {
      ask(connection, parse(most, "select 'known'"), new Sync());
      for (FrontendMessage message :
          List.of(
              parse(most + "1", "select 'other'"),
              new Bind("", most + "1", new int[0], List.of(), new int[0]),
              new Bind(most + "1", most, new int[0], List.of(), new int[0]),
              new Execute(most + "1", 0),
              new Close(Kind.STATEMENT, most + "1"))) {
        assertThat(ask(connection, message, new Sync()).getFirst())
            .contains("longer than 63 bytes");
      }

      assertThat(ask(connection, run(most))).contains("[known]");
    }
  }

  @Test
  void redecide_submitsPreparedTextsAgain() {
    try (RawConnection connection = gateway.connect()) {
      ask(connection, parse("s", "select 'kept'"), new Sync());
      gateway.gate.control().redecide();
      // Taken in this order, so that the client cannot be faster than the gate.
      gateway.gate.control().notify("redecided");
      connection.readUntil(NoticeResponse.class::isInstance);
      ask(connection, run("s"));
      ask(connection, run("s"));

      assertThat(gateway.gate.submitted)
          .containsExactly(
              "PREPARE select 'kept'",
              "PREPARE select 'kept'",
              "EXECUTE select 'kept'",
              "EXECUTE select 'kept'");
    }
  }
}
