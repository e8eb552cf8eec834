package io.gatehouse.appliance.gated;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.attacks.Attack;
import io.gatehouse.appliance.sql.attacks.AttackList;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every evasion through the gate, under a policy that allows reading every table and the caller's
 * own session, and nothing else. What is to be stopped must be refused by the gate and must leave
 * no trace at the server. What became of each is the table of docs/evasions.md: with {@code
 * -Dgatehouse.record=true} it is written, else it must be as it stands there.
 */
class EvasionsIT {
  private static final String READ_ONLY =
      """
      rules:
        - name: read
          operations: [session, read]
          traits: {none: [user-code, dynamic-code, files, programs, network, locks, identity]}
          verdict: allow
      """;

  private static RealDatabase server;
  @TempDir private static Path folder;
  private static GatedDatabase gate;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run(AttackList.fixture());
    server.keep(AttackList.rights());
    gate = GatedDatabase.start(folder, server, "app", READ_ONLY).user("eve");
  }

  @AfterAll
  static void end() throws Exception {
    gate.close();
    server.close();
  }

  /**
   * What became of a step.
   *
   * @param answer in the words of the table
   * @param byGate whether the gate refused it
   */
  private record Became(Attack.Step step, String answer, boolean byGate) {}

  @Test
  void evasions_readOnlyPolicy_nothingGetsThrough() throws Exception {
    List<String> through = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    boolean fresh = true;
    for (Attack attack : AttackList.postgres()) {
      if (!fresh) {
        server.renew();
      }
      for (String setup : attack.setup()) {
        server.run(setup);
      }
      gate.definitionsChanged();
      String before = state(attack);
      List<Became> became = run(attack);
      for (Became step : became) {
        if (step.step().expected().stopped() && !step.byGate()) {
          through.add(attack.id() + ": " + step.answer() + ": " + step.step().sql());
        }
      }
      boolean changed = !state(attack).equals(before);
      if (attack.stopped() && changed) {
        through.add(attack.id() + ": something lasting changed");
      }
      fresh = attack.setup().isEmpty() && !changed;
      rows.add(row(attack, became));
    }
    EvasionsDocument.compare(
        "statements",
        "| id | section | expected | what became of its steps |\n| --- | --- | --- | --- |\n"
            + String.join("\n", rows));
    assertThat(through).isEmpty();
  }

  private static String state(Attack attack) throws SQLException {
    return server.ask(AttackList.state())
        + (attack.unchanged().isPresent() ? server.ask(attack.unchanged().get()) : "");
  }

  private static List<Became> run(Attack attack) throws SQLException {
    List<Became> all = new ArrayList<>();
    try (Connection connection = gate.connect("eve", "preferQueryMode=simple");
        Statement statement = connection.createStatement()) {
      for (Attack.Step step : attack.steps()) {
        all.add(run(statement, step));
      }
    }
    return all;
  }

  private static Became run(Statement statement, Attack.Step step) {
    try {
      boolean rows = statement.execute(step.sql());
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          drain(statement.getResultSet());
        }
        rows = statement.getMoreResults();
      }
      return new Became(step, "ran", false);
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      boolean byGate = "42501".equals(e.getSQLState()) && message.contains("denied by rule \"");
      if (!byGate) {
        return new Became(step, "server: " + e.getSQLState(), false);
      }
      String rule = message.substring(message.indexOf('"') + 1);
      return new Became(step, "refused, " + rule.substring(0, rule.indexOf('"')), true);
    }
  }

  private static void drain(ResultSet rows) throws SQLException {
    while (rows.next()) {
      rows.getString(1);
    }
  }

  private static String row(Attack attack, List<Became> became) {
    String steps =
        became.stream()
            .map(step -> step.answer())
            .distinct()
            .reduce((all, one) -> all + "; " + one)
            .orElse("");
    String expected = attack.stopped() ? "stopped" : "may pass";
    return "| " + attack.id() + " | " + attack.section() + " | " + expected + " | " + steps + " |";
  }
}
