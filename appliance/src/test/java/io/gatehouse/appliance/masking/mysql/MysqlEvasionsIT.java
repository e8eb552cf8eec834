package io.gatehouse.appliance.masking.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With nothing in between each evasion gives a protected value away, or an answer that depends on
 * one: else it would pass every test of a gate.
 */
class MysqlEvasionsIT {
  private static final List<MysqlEvasion> EVASIONS = MysqlEvasions.all();

  @Test
  void list_has_many_entries_each_under_its_own_name() {
    assertThat(EVASIONS).hasSizeGreaterThan(200);
    assertThat(EVASIONS).extracting(MysqlEvasion::id).doesNotHaveDuplicates();
    assertThat(EVASIONS).allSatisfy(one -> assertThat(one.steps()).isNotEmpty());
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void evasions_sent_directly_give_away_what_they_are_listed_for(Flavour flavour) throws Exception {
    CorpTables tables = new CorpTables(flavour);
    tables.renew();
    Markers markers = tables.markers();
    List<String> harmless = new ArrayList<>();
    for (MysqlEvasion evasion : EVASIONS) {
      if (!evasion.leaks().contains(flavour)) {
        continue;
      }
      MysqlTranscripts answers =
          MysqlTranscripts.of(
              CorpTables.TWINS, name -> GatedMysql.direct(flavour, name), evasion.steps());
      if (!answers.holds(markers) && answers.difference().isEmpty()) {
        harmless.add(evasion + ": " + answers.one().messages());
      }
      if (evasion.writes()) {
        tables.renew();
      }
    }
    assertThat(harmless).isEmpty();
  }
}
