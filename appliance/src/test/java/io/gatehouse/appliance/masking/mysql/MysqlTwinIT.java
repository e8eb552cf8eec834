package io.gatehouse.appliance.masking.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Cursor;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Prepared;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Text;
import io.gatehouse.appliance.masking.twin.Construct;
import io.gatehouse.appliance.masking.twin.MysqlGenerated;
import io.gatehouse.appliance.masking.twin.MysqlGenerator;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Databases of MySQL and MariaDB that differ only in what is protected answer the same, whatever is
 * asked: under strict, byte for byte.
 */
class MysqlTwinIT {
  private static final long FIRST_SEED = Long.getLong("gatehouse.twin.seed", 1_000_000);
  private static final int COUNT =
      Integer.getInteger(
          "gatehouse.twin.count", Boolean.getBoolean("gatehouse.long") ? 10_000 : 400);
  private static final int FOR_HOLES = 200;

  @TempDir private Path folder;

  static List<MysqlStep> steps(MysqlGenerated generated) {
    return generated.statements().stream()
        .map(
            sql -> {
              if (generated.cursor()) {
                return (MysqlStep) new Cursor(sql);
              }
              return generated.prepared() ? new Prepared(sql, List.of()) : new Text(sql);
            })
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void strict_withMasksThatTellNothing_answersTheSameBytes(Flavour flavour) throws Exception {
    Tally tally = run(flavour, strict("strict"), Variant.UNLIKE, COUNT);
    tally.keep(flavour, "masks that tell nothing");
    assertThat(tally.different).as("seeds from %d", FIRST_SEED).isEmpty();
    assertThat(tally.shown).as("seeds from %d", FIRST_SEED).isEmpty();
    assertThat(tally.answered).isGreaterThanOrEqualTo(COUNT * 2 / 5);
    for (Construct construct :
        EnumSet.complementOf(EnumSet.of(Construct.MISTAKE, Construct.COPY, Construct.CHANGE))) {
      assertThat(tally.withRows.getOrDefault(construct, 0))
          .as(construct.name())
          .isGreaterThanOrEqualTo(Math.clamp(COUNT / 40, 1, 100));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void strict_withMasksOnWhichTheTwinsAgree_answersTheSameBytes(Flavour flavour) throws Exception {
    Tally tally = run(flavour, alike(Variant.ALIKE), Variant.ALIKE, COUNT / 2);
    tally.keep(flavour, "masks on which the twins agree");
    assertThat(tally.different).as("seeds from %d", FIRST_SEED).isEmpty();
    assertThat(tally.answered).isGreaterThanOrEqualTo(COUNT / 5);
  }

  /** Each a hole that this test must find: else it would prove nothing. */
  @ParameterizedTest
  @CsvSource({
    "MYSQL, a column that nobody protected",
    "MARIADB, a column that nobody protected",
    "MYSQL, conditions on what is protected",
    "MARIADB, conditions on what is protected",
    "MYSQL, a mask that shows the last four characters",
    "MARIADB, a mask that shows the last four characters"
  })
  void hole_isFound(Flavour flavour, String hole) throws Exception {
    String strict = strict("strict");
    String policy =
        switch (hole) {
          case "a column that nobody protected" ->
              strict.replaceAll("bank_.\\.customers\\.email, ", "");
          case "conditions on what is protected" -> strict("output");
          default -> alike(Variant.UNLIKE);
        };
    assertThat(policy).isNotEqualTo(strict);
    assertThat(run(flavour, policy, Variant.UNLIKE, FOR_HOLES).different).isNotEmpty();
  }

  private static String strict(String strength) {
    return GatedMysql.policy(strength, MysqlBank.columns(Variant.MARKED, Variant.UNLIKE));
  }

  /** Strict, with masks that leave what {@link Variant#ALIKE} has alike. */
  private static String alike(Variant second) {
    List<String> all = MysqlBank.columns(Variant.MARKED, second);
    String lastFour = "customers.(ssn|email|phone)|cards.pan|accounts.iban";
    return """
    masks:
      last-four: {kind: keep-last, count: 4}
      year: {kind: generalize, to: year}
    rules:
      - {name: all, verdict: allow}
      - {name: texts, resources: {columns: [%s]}, verdict: mask, mask: last-four}
      - {name: dates, resources: {columns: [%s]}, verdict: mask, mask: year}
      - {name: others, resources: {columns: [%s]}, verdict: mask}
    """
        .formatted(
            matching(all, "bank_.\\.(" + lastFour + ")"),
            matching(all, "bank_.\\.customers\\.date_of_birth"),
            String.join(", ", all));
  }

  private static String matching(List<String> columns, String pattern) {
    return String.join(", ", columns.stream().filter(one -> one.matches(pattern)).toList());
  }

  private Tally run(Flavour flavour, String policy, Variant second, int count) throws Exception {
    MysqlBank bank = new MysqlBank(flavour).with(Variant.MARKED, second);
    Tally tally = new Tally();
    MysqlGenerator generator = new MysqlGenerator(flavour == Flavour.MARIADB);
    Markers markers = bank.markers();
    List<String> databases =
        List.of(MysqlBank.TWINS.name(Variant.MARKED), MysqlBank.TWINS.name(second));
    try (GatedMysql gate = GatedMysql.start(folder, flavour, databases, policy);
        MysqlTwinSessions twins = new MysqlTwinSessions(MysqlBank.TWINS, second, gate::login)) {
      for (int i = 0; i < count; i++) {
        MysqlGenerated generated = generator.next(FIRST_SEED + i);
        tally.add(generated, twins.run(steps(generated)), markers);
      }
    }
    return tally;
  }

  /** What came of all statements. */
  private static final class Tally {
    private final List<String> different = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final Map<Construct, Integer> withRows = new EnumMap<>(Construct.class);
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int answered;
    private int all;

    void add(MysqlGenerated generated, MysqlTranscripts answers, Markers markers) {
      all++;
      answers.difference().ifPresent(difference -> different.add(generated + "\n  " + difference));
      if (answers.holds(markers)) {
        shown.add(generated.toString());
      }
      if (!answers.one().failed() && answers.one().hasRows()) {
        answered++;
        generated.constructs().forEach(one -> withRows.merge(one, 1, Integer::sum));
      }
      for (ErrPacket error : answers.one().errors()) {
        String kind = error.message().replaceAll("\"[^\"]*\"|[a-z_0-9]+\\.[a-z_.0-9]+|\\d+", "?");
        refusals.merge(kind, 1, Integer::sum);
      }
    }

    void keep(Flavour flavour, String what) throws IOException {
      refusals.entrySet().stream()
          .sorted((a, b) -> b.getValue() - a.getValue())
          .limit(25)
          .forEach(entry -> System.out.println("  " + entry.getValue() + " " + entry.getKey()));
      Measured.keep(
          MysqlTwinIT.class,
          RealServer.of(flavour).name() + ", " + what,
          "from " + FIRST_SEED,
          "%,d statements, %,d answered with rows, %d different, %d with a protected value; %s"
              .formatted(all, answered, different.size(), shown.size(), withRows));
    }
  }
}
