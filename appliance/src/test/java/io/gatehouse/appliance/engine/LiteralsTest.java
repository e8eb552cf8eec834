package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Target;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Submission.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No literal of a statement outlives its reading, in what is kept or in what is said. */
final class LiteralsTest {
  private static final String SECRET = "planted4711";
  private static final String NUMBER = "471147114711";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name FROM open.items WHERE name = '" + SECRET + "'",
        "SELECT name FROM secret.items WHERE name = E'" + SECRET + "' OR id = " + NUMBER,
        "SELECT $q$" + SECRET + "$q$, U&'" + SECRET + "', B'1', X'1F', " + NUMBER + ".5e3",
        "SELECT name FROM nowhere WHERE name = '" + SECRET + "'",
        "SELECT name FROM open.items WHERE name = '" + SECRET + "' ~~~ !! FROM",
        "SELECT '" + SECRET,
        "SELECT 1 /* " + SECRET + " */ -- " + SECRET,
        "SELECT DATE '" + SECRET + "', '" + SECRET + "'::text, INTERVAL '" + SECRET + "' DAY",
        "INSERT INTO open.items VALUES (" + NUMBER + ", '" + SECRET + "')",
        "UPDATE secret.items SET name = '" + SECRET + "' WHERE id = " + NUMBER,
        "COPY open.items FROM STDIN WITH (NULL '" + SECRET + "', DELIMITER '" + SECRET + "')",
        "SET application_name = '" + SECRET + "'",
        "SET search_path = '" + SECRET + "'",
        "SELECT set_config('search_path', '" + SECRET + "', false)",
        "NOTIFY channel, '" + SECRET + "'",
        "PREPARE p AS SELECT '" + SECRET + "'",
        "EXECUTE p('" + SECRET + "', " + NUMBER + ")",
        "DO '" + SECRET + "'",
        "CREATE ROLE x PASSWORD '" + SECRET + "'",
        "ALTER ROLE x PASSWORD '" + SECRET + "'",
        "COMMENT ON TABLE open.items IS '" + SECRET + "'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '" + SECRET + "'",
        "SELECT 1; SELECT '" + SECRET + "'",
        "EXPLAIN SELECT '" + SECRET + "'"
      })
  void literal_isNowhere(String sql) {
    List<Analysed> read = new ArrayList<>();
    PostgresDialect dialect = new PostgresDialect();
    SqlDialect recording =
        (text, scene) -> {
          List<Analysed> analysed = dialect.analyse(text, scene);
          read.addAll(analysed);
          return analysed;
        };
    String policy =
        """
        rules:
          - {name: open, resources: {schemas: [open]}, verdict: allow}
          - {name: own, operations: [session], when: "now.getHours() < 24", verdict: allow}
        """;
    try (Courtroom room =
        Courtroom.of(folder, policy, recording, new Analyses(1, 5, Duration.ofSeconds(20)))) {
      Client client = room.client();

      Decision decision = client.ask(sql);

      assertThat(read).isNotEmpty();
      for (Analysed one : read) {
        Known known =
            Known.of(
                List.of(
                    new Known.Part(
                        one,
                        room.policy
                            .current()
                            .plan(
                                Courtroom.ANN,
                                new Target("shop-db", Target.Protocol.POSTGRESQL),
                                "shop",
                                one.command()))));
        assertThat(known.toString()).doesNotContain(SECRET, NUMBER);
      }
      if (decision instanceof Decision.Refuse(Refusal refusal)) {
        assertThat(refusal.toString()).doesNotContain(SECRET, NUMBER);
      }
    }
  }

  @Test
  void analysisThatIsOver_letsGoOfTheText() {
    try (Courtroom room = Courtroom.of(folder, "rules: [{name: all, verdict: allow}]\n")) {
      Client client = room.client();
      assertThat(client.submit(Stage.EXECUTE, Asked.Text.of("SELECT '" + SECRET + "'")))
          .isEqualTo(Answer.LATER);
      client.awaitAgain();

      assertThat(Reachable.from(client)).noneMatch(text -> text.contains(SECRET));
      assertThat(Reachable.from(room.court)).noneMatch(text -> text.contains(SECRET));
    }
  }

  @Test
  void whatIsReachable_isFound() {
    Asked.Text held = Asked.Text.of("SELECT '" + SECRET + "'");

    assertThat(Reachable.from(List.of(held))).anyMatch(text -> text.contains(SECRET));
  }
}
