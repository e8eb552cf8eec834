package io.gatehouse.appliance.sql.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.attacks.Attack.Outcome;
import io.gatehouse.appliance.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the list at a real server with nothing in between: an entry that does no harm there would
 * pass every test of a gate.
 */
class AttackListIT {
  /** The server itself keeps this account from running programs. */
  private static final String REFUSED = "P113";

  /**
   * Only the session feels it, or nothing is left of it, or the server refuses it to an account
   * without more rights.
   */
  private static final Set<String> NOTHING_SHOWS =
      Set.of(
          ("P209 P256 P257 R19 X013 X014 X016 X017 X018 X020 X021 X022 X023 X024 X026 X027 X028"
               + " X029 X031 X036 X037 X038 X042 X043 X044 X045 X069 X070 X071 X072 X074 X075 X076"
               + " X077 X079 X080 X102 X106 X110 X115 X139 X150 X151 X152 X153 X154 X155 X160 X161"
               + " X162")
              .split(" ", -1));

  private static EmbeddedPostgres postgres;

  /** Whether the database is no longer as the fixture made it. */
  private static boolean changed = true;

  @BeforeAll
  static void server_is_started() throws IOException, SQLException {
    postgres = BriefServer.builder().start();
    superuser("postgres", "CREATE DATABASE prepared");
    superuser(
        "prepared",
        AttackList.fixture()
            .replace("IN DATABASE corp", "")
            .replace("DATABASE corp", "DATABASE prepared"));
  }

  @AfterAll
  static void server_is_stopped() throws IOException {
    postgres.close();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void evasion_sent_without_a_gate_does_what_it_is_listed_for(Attack attack) throws Exception {
    prepare(attack);
    String before = state(attack);
    String said = run(attack);
    boolean effective = !state(attack).equals(before);
    changed |= effective;
    if (attack.outcomes().equals(Set.of(Outcome.AS_SERVER)) || attack.id().equals(REFUSED)) {
      assertThat(attack.leaks()).as(said).noneMatch(said::contains);
    } else {
      assertThat(attack.leaks()).as(said).allMatch(said::contains);
    }
    if (attack.leaks().isEmpty() && attack.stopped()) {
      assertThat(effective).as(said).isNotEqualTo(NOTHING_SHOWS.contains(attack.id()));
    }
  }

  static List<Attack> attacks() {
    return AttackList.postgres();
  }

  private static void prepare(Attack attack) throws SQLException {
    if (changed) {
      freshDatabase();
    }
    changed = !attack.setup().isEmpty();
    for (String setup : attack.setup()) {
      superuser("corp", setup);
    }
  }

  private static void freshDatabase() throws SQLException {
    superuser("postgres", "DROP DATABASE IF EXISTS corp WITH (FORCE)");
    superuser("postgres", "CREATE DATABASE corp TEMPLATE prepared");
    superuser(
        "postgres",
        """
        ALTER ROLE app RESET ALL;
        ALTER ROLE app SET search_path = hr, public;
        GRANT CREATE, TEMPORARY ON DATABASE corp TO app
        """);
  }

  private static String run(Attack attack) {
    List<String> said = new ArrayList<>();
    try (WireClient client = WireClient.connect(postgres.getPort(), "app", "corp")) {
      for (Attack.Step step : attack.steps()) {
        said.add(client.query(step.sql()));
      }
    } catch (IOException e) {
      said.add("E hung up: " + e.getMessage());
    }
    return String.join("", said);
  }

  private static String state(Attack attack) throws SQLException {
    return superuser("corp", AttackList.state())
        + attack.unchanged().map(AttackListIT::answer).orElse("");
  }

  private static String answer(String sql) {
    try {
      return superuser("corp", sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first value of the answer, empty if there is none. */
  private static String superuser(String database, String sql) throws SQLException {
    try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "";
      }
    }
  }
}
