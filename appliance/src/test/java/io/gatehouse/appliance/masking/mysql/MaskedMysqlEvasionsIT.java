package io.gatehouse.appliance.masking.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.mysql.MysqlEvasion.Delivery;
import io.gatehouse.appliance.masking.mysql.MysqlEvasion.May;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every evasion of the list, as text, prepared and with a cursor, through the gate to two databases
 * that differ in what is protected: no protected value comes back, and under strict, the same comes
 * back.
 */
class MaskedMysqlEvasionsIT {
  /** Of the gate alone: the account may do everything at the server. */
  private static final Set<Integer> OF_THE_GATE = Set.of(1047, 1142);

  @TempDir private Path folder;

  private final List<String> found = new ArrayList<>();
  private final Map<String, Set<String>> outcomes = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({"MYSQL, strict", "MYSQL, output", "MARIADB, strict", "MARIADB, output"})
  void evasion_givesNothingAway(Flavour flavour, String strength) throws Exception {
    CorpTables tables = new CorpTables(flavour);
    tables.renew();
    Markers markers = tables.markers();
    String policy = GatedMysql.policy(strength, CorpTables.columns());
    try (GatedMysql gate = GatedMysql.start(folder, flavour, CorpTables.TWINS.names(), policy)) {
      for (MysqlEvasion evasion : MysqlEvasions.all()) {
        for (Map.Entry<Delivery, List<MysqlStep>> sent : evasion.deliveries().entrySet()) {
          MysqlTranscripts answers =
              evasion.writes()
                  ? MysqlTranscripts.inTurn(CorpTables.TWINS, gate::login, sent.getValue())
                  : MysqlTranscripts.of(CorpTables.TWINS, gate::login, sent.getValue());
          String outcome = judge(evasion, sent, answers, markers, strength);
          outcomes.computeIfAbsent(evasion.id(), _ -> new TreeSet<>()).add(outcome);
          if (evasion.writes() && !refusedWhole(answers)) {
            tables.renew();
            gate.definitionsChanged();
          }
        }
      }
    }
    assertThat(found).isEmpty();
    MysqlEvasionsDocument.compare(
        flavour.name().toLowerCase(Locale.ROOT) + " " + strength, outcomes);
  }

  private static boolean refusedWhole(MysqlTranscripts answers) {
    return answers.one().messages().stream().allMatch(ErrPacket.class::isInstance);
  }

  /** What became of it; what must not be is added to what was found. */
  private String judge(
      MysqlEvasion evasion,
      Map.Entry<Delivery, List<MysqlStep>> sent,
      MysqlTranscripts answers,
      Markers markers,
      String strength) {
    String name = evasion.id() + " " + sent.getKey() + ": " + sent.getValue();
    boolean tells = strength.equals("output") && evasion.may() == May.CHOSEN;
    if (!tells && answers.holds(markers)) {
      found.add(name + " shows " + markers.in(answers.one().bytes()));
    }
    boolean differs = answers.difference().isPresent();
    if (differs && strength.equals("strict")) {
      found.add(name + " differs " + answers.difference().orElseThrow());
    }
    boolean refused =
        answers.one().errors().stream().anyMatch(error -> OF_THE_GATE.contains(error.code()));
    if (evasion.may() == May.REFUSED && !refused && !answers.one().failed()) {
      found.add(name + " is not refused: " + answers.one().messages());
    }
    // MySQL 9 opens no cursor for what gives no rows.
    boolean served = !answers.one().failed() || (!refused && sent.getKey() == Delivery.CURSOR);
    if (evasion.may() == May.SAME && !served) {
      found.add(name + " is refused: " + answers.one().errors());
    }
    if (refused) {
      return "refused";
    }
    if (tells && differs) {
      return "answered, and tells";
    }
    return answers.one().failed() ? "error without text" : "without the values";
  }
}
