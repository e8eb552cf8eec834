package io.gatehouse.appliance.masking.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.AnalystQueries;
import io.gatehouse.appliance.masking.AnalystQuery;
import io.gatehouse.appliance.masking.AnalystQuery.Touch;
import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Prepared;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Text;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Honest questions at MySQL and MariaDB: how many are answered, and what the answers show. */
class MysqlAnalystsIT {
  private static final List<AnalystQuery> QUERIES =
      AnalystQueries.of(MysqlEvasions.text("analyst.sql"));

  /** Of the gate alone: the account may do everything at the server. */
  private static final int OF_THE_GATE = 1142;

  @TempDir private Path folder;

  private static List<MysqlStep> steps(AnalystQuery query) {
    List<String> binds =
        query.binds().stream().flatMap(all -> all.stream().map(one -> one.orElse(""))).toList();
    return query.statements().stream()
        .map(
            sql -> query.binds().isPresent() ? (MysqlStep) new Prepared(sql, binds) : new Text(sql))
        .toList();
  }

  private static MysqlAnswer ask(MysqlLogin login, AnalystQuery query) {
    try (MysqlClient client = MysqlClient.connect(login)) {
      return client.take(MysqlBank.TWINS.said(steps(query), Variant.MARKED));
    }
  }

  @Test
  void list_read_has_many_entries_each_under_its_own_name() {
    assertThat(QUERIES).hasSizeGreaterThan(150);
    assertThat(QUERIES).extracting(AnalystQuery::name).doesNotHaveDuplicates();
    assertThat(QUERIES.stream().filter(query -> query.touches().isEmpty())).hasSizeGreaterThan(80);
    assertThat(QUERIES.stream().filter(query -> query.touches().equals(Set.of(Touch.PROJECTED))))
        .hasSizeGreaterThan(30);
  }

  /** Whoever wrote an entry may have been wrong about what it touches. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void questions_sent_directly_run_and_show_what_they_are_said_to(Flavour flavour)
      throws Exception {
    MysqlBank bank = new MysqlBank(flavour).with(Variant.MARKED);
    Markers markers = bank.markers();
    List<String> wrong = new ArrayList<>();
    for (AnalystQuery query : QUERIES) {
      MysqlAnswer answer =
          ask(GatedMysql.direct(flavour, MysqlBank.TWINS.name(Variant.MARKED)), query);
      answer.errors().forEach(error -> wrong.add(query + ": " + error));
      boolean found = !markers.in(answer.bytes()).isEmpty();
      if (found && query.touches().isEmpty()) {
        wrong.add(query + " has a protected value in its answer: " + markers.in(answer.bytes()));
      }
      if (!found && answer.hasRows() && query.touches().equals(Set.of(Touch.PROJECTED))) {
        wrong.add(query + " has no protected value in its answer");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL, output, 85",
    "MYSQL, strict, 65",
    "MARIADB, output, 85",
    "MARIADB, strict, 65"
  })
  void honestQuestions_areAnsweredWithoutProtectedValues(
      Flavour flavour, String strength, int percent) throws Exception {
    MysqlBank bank = new MysqlBank(flavour).with(Variant.MARKED);
    Markers markers = bank.markers();
    List<String> refused = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    String policy = GatedMysql.policy(strength, MysqlBank.columns(Variant.MARKED));
    String database = MysqlBank.TWINS.name(Variant.MARKED);
    try (GatedMysql gate = GatedMysql.start(folder, flavour, List.of(database), policy)) {
      for (AnalystQuery query : QUERIES) {
        MysqlAnswer answer = ask(gate.login(database), query);
        answer.errors().stream()
            .limit(1)
            .forEach(
                error ->
                    (error.code() == OF_THE_GATE ? refused : failed)
                        .add(query + ": " + error.message()));
        if (!markers.in(answer.bytes()).isEmpty()) {
          shown.add(query.name());
        }
      }
    }
    assertThat(shown).isEmpty();
    assertThat(failed).as("answered by an error that is not the gate's").isEmpty();
    int answered = QUERIES.size() - refused.size();
    Measured.keep(
        MysqlAnalystsIT.class,
        flavour.name().toLowerCase(Locale.ROOT) + ", " + strength,
        "",
        "%d of %d questions answered".formatted(answered, QUERIES.size()));
    assertThat(100.0 * answered / QUERIES.size())
        .as("answered of %d, all but %s", QUERIES.size(), refused)
        .isGreaterThanOrEqualTo(percent);
  }
}
