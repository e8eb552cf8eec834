package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.ask;
import static io.gatehouse.postgres.testing.Answers.extended;
import static io.gatehouse.postgres.testing.Answers.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.testing.ScriptedGate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gate may do to a result: rewrite it, bound it, veto it before its first row. */
class ResultPlanIT {
  private final Gateway gateway = Gateway.passing();
  private final List<ResultDescription> described = new CopyOnWriteArrayList<>();

  @BeforeEach
  void table() {
    try (RawConnection direct = RawConnection.ready()) {
      direct.ask(
          new Query(
              "drop table if exists plan; create table plan (id int, ssn text);"
                  + " insert into plan values (1, '078-05-1120'), (2, null)"));
    }
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  /** Applies to commands that mention the table, at their execution. */
  private void plan(ResultPlan plan, ResultLimits limits) {
    gateway.gate.script(
        (submission, _) ->
            submission.stage() == Submission.Stage.EXECUTE
                    && ScriptedGate.text(submission).contains("plan")
                ? new Decision.Run(plan, limits)
                : Decision.RUN);
  }

  private ResultShape masked(ResultDescription description) {
    described.add(description);
    return new ResultShape.Rewrite(Arrays.asList(null, _ -> new Value.Text("***")));
  }

  private static ResultShape vetoed(ResultDescription description) {
    return new ResultShape.Veto(
        Refusal.of(Refusal.Kind.POLICY, description.columns().size() + " columns vetoed"));
  }

  @Test
  void mask_rewritesRowsOfASimpleQuery() {
    plan(this::masked, ResultLimits.NONE);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select id, ssn from plan order by id")))
          .containsExactly("RowDescription", "[1, ***]", "[2, ***]", "SELECT 2", "ready I");
    }
    ResultDescription.Column column = described.getFirst().columns().get(1);
    assertThat(column.name()).isEqualTo("ssn");
    assertThat(column.originColumn()).isEqualTo(2);
    assertThat(column.originRelation()).isPositive();
    assertThat(column.type()).isEqualTo("25");
  }

  @Test
  void mask_rewritesRowsOfAnExtendedQueryInItsFormat() {
    plan(this::masked, ResultLimits.NONE);
    try (RawConnection connection = gateway.connect()) {
      assertThat(
              ask(
                  connection,
                  join(
                      extended("select id, ssn from plan order by id", 0, 1),
                      join(extended("select 7"), new Sync()))))
          .containsExactly(
              "ParseComplete",
              "BindComplete",
              "[1, ***]",
              "[2, ***]",
              "SELECT 2",
              "ParseComplete",
              "BindComplete",
              "[7]",
              "SELECT 1",
              "ready I");
    }
    assertThat(described.getFirst().columns().get(1).binary()).isTrue();
  }

  @Test
  void veto_ofASimpleQuery_comesInsteadOfItsResult() {
    plan(ResultPlanIT::vetoed, ResultLimits.NONE);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select * from plan")))
          .containsExactly("ERROR 42501 2 columns vetoed", "ready I");
      assertThat(ask(connection, new Query("select 2"))).contains("[2]", "ready I");
    }
    assertThat(gateway.gate.outcomes.getFirst().kind()).isEqualTo(OutcomeKind.REFUSED);
  }

  @Test
  void veto_ofASimpleQueryInABlock_failsTheBlock() {
    plan(ResultPlanIT::vetoed, ResultLimits.NONE);
    try (RawConnection connection = gateway.connect()) {
      ask(connection, new Query("begin"));

      assertThat(ask(connection, new Query("select * from plan")))
          .containsExactly("ERROR 42501 2 columns vetoed", "ready E");
      assertThat(ask(connection, new Query("commit"))).containsExactly("ROLLBACK", "ready I");
    }
  }

  @Test
  void veto_ofAnExtendedStatement_comesBeforeItRuns() {
    plan(ResultPlanIT::vetoed, ResultLimits.NONE);
    try (RawConnection connection = gateway.connect()) {
      assertThat(
              ask(
                  connection,
                  join(
                      extended("insert into plan values (3, 'x') returning id"),
                      join(extended("select 7"), new Sync()))))
          .containsExactly(
              "ParseComplete", "BindComplete", "ERROR 42501 1 columns vetoed", "ready I");
      gateway.gate.script((_, _) -> Decision.RUN);
      assertThat(ask(connection, new Query("select count(*) from plan"))).contains("[2]");
    }
  }

  @Test
  void rowLimit_endsASimpleQueryInAnError() {
    plan(ResultPlan.UNTOUCHED, new ResultLimits(10, Long.MAX_VALUE));
    try (RawConnection connection = gateway.connect()) {
      List<String> answer =
          ask(connection, new Query("select n, 'plan' from generate_series(1, 10000000) n"));

      assertThat(answer).hasSize(13);
      assertThat(answer.getFirst()).isEqualTo("RowDescription");
      assertThat(answer.subList(11, 13))
          .containsExactly("ERROR 54000 the result is larger than the policy allows", "ready I");
      assertThat(ask(connection, new Query("select 2"))).contains("[2]", "ready I");
    }
  }

  @Test
  void rowLimit_ofAnExtendedWrite_undoesIt() {
    plan(ResultPlan.UNTOUCHED, new ResultLimits(1, Long.MAX_VALUE));
    try (RawConnection connection = gateway.connect()) {
      assertThat(
              ask(
                  connection,
                  join(
                      extended(
                          "insert into plan select n from generate_series(1,3) n returning id"),
                      join(extended("select 7"), new Sync()))))
          .containsExactly(
              "ParseComplete",
              "BindComplete",
              "[1]",
              "ERROR 54000 the result is larger than the policy allows",
              "ready I");
      gateway.gate.script((_, _) -> Decision.RUN);
      assertThat(ask(connection, new Query("select count(*) from plan"))).contains("[2]");
    }
  }

  @Test
  void byteLimit_boundsCopyOut() {
    plan(ResultPlan.UNTOUCHED, new ResultLimits(Long.MAX_VALUE, 1_000));
    try (RawConnection connection = gateway.connect()) {
      List<String> answer =
          ask(
              connection,
              new Query("copy (select n, 'plan' from generate_series(1, 10000000) n) to stdout"));

      assertThat(answer.subList(answer.size() - 2, answer.size()))
          .containsExactly("ERROR 54000 the result is larger than the policy allows", "ready I");
      assertThat(answer.size()).isLessThan(200);
    }
  }

  @Test
  void planForCopyOut_isRefusedBecauseNothingDescribesIt() {
    plan(this::masked, ResultLimits.NONE);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("copy plan to stdout")))
          .containsExactly(
              "ERROR 42501 the result of COPY is not described, so it is withheld", "ready I");
    }
  }

  @Test
  void maskThatThrows_withholdsTheResult() {
    plan(
        _ ->
            new ResultShape.Rewrite(
                Arrays.asList(
                    null,
                    _ -> {
                      throw new IllegalStateException("planted");
                    })),
        ResultLimits.NONE);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select id, ssn from plan order by id")))
          .containsExactly(
              "RowDescription", "ERROR XX000 a mask failed, so the result is withheld", "ready I");
    }
  }

  @Test
  void planThatThrows_withholdsTheResult() {
    plan(
        _ -> {
          throw new IllegalStateException("planted");
        },
        ResultLimits.NONE);
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, join(extended("select id, ssn from plan"), new Sync())))
          .containsExactly(
              "ParseComplete",
              "BindComplete",
              "ERROR XX000 the gateway failed to check this result",
              "ready I");
    }
  }

  @Test
  void gateThatThrows_refuses() {
    gateway.gate.script(
        (_, _) -> {
          throw new IllegalStateException("planted");
        });
    try (RawConnection connection = gateway.connect()) {
      assertThat(ask(connection, new Query("select 1")))
          .containsExactly("ERROR XX000 the gateway failed to decide this command", "ready I");
    }
  }
}
