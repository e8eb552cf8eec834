package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.relay.Talk.error;
import static io.gatehouse.mysql.relay.Talk.query;
import static io.gatehouse.mysql.relay.Talk.texts;
import static io.gatehouse.mysql.relay.Talk.through;
import static io.gatehouse.mysql.relay.Talk.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server goes on with after the client was refused the rest is ended there too. */
class RefusedResultsIT {
  /** A row that the server sends at once, and one that takes until somebody ends it. */
  private static final String LONG = "SELECT REPEAT('y', 100000) UNION ALL SELECT SLEEP(10000)";

  /** Rows for hours. SLEEP will not do where MySQL is to stop: interrupted, it ends well. */
  private static final String MANY =
      """
      SELECT REPEAT('y', 10000) FROM information_schema.collations a,
      information_schema.collations b, information_schema.collations c\
      """;

  private static final ResultPlan VETO =
      _ -> new ResultShape.Veto(Refusal.of(Refusal.Kind.POLICY, "withheld by the script"));

  private static final Decision.Run LIMITED =
      new Decision.Run(ResultPlan.UNTOUCHED, new ResultLimits(100, 10));

  /** It would wait for hours behind what still runs. */
  private static void works(Gateway gateway, Conversation gated) {
    gateway.gate().script((_, _) -> Decision.RUN);
    assertThat(texts(query(gated, "SELECT 'still here'"))).containsExactly(List.of("still here"));
    assertThat(gateway.gate().outcomes.getFirst().kind()).isEqualTo(OutcomeKind.REFUSED);
    gateway.gate().outcomes.clear();
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofAText_isCancelled(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      for (Decision.Run run : List.of(LIMITED, new Decision.Run(VETO, ResultLimits.NONE))) {
        gateway.gate().script((_, _) -> run);
        List<Message> answer = query(gated, LONG);
        assertThat(error(answer.subList(answer.size() - 1, answer.size())).message())
            .containsAnyOf("withheld by the script", "larger than the policy allows");
        works(gateway, gated);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofAPreparedStatement_isCancelled(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      PrepareOk prepared = (PrepareOk) gated.ask(new ComStmtPrepare(utf8(LONG))).getFirst();
      gateway.gate().script((_, _) -> LIMITED);
      gated.ask(new ComStmtExecute(prepared.statement(), 0, 1, new byte[0]));
      works(gateway, gated);
    }
  }

  /** What stands behind the refused statement in the same text does not run any more. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofSeveralStatements_endsTheRest(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      query(gated, "DROP TABLE IF EXISTS behind");
      query(gated, "CREATE TABLE behind (id INT)");
      gateway.gate().outcomes.clear();
      gateway.gate().script((_, _) -> LIMITED);
      query(gated, MANY + "; INSERT INTO behind VALUES (1)");
      works(gateway, gated);
      assertThat(texts(query(gated, "SELECT COUNT(*) FROM behind"))).containsExactly(List.of("0"));
    }
  }
}
