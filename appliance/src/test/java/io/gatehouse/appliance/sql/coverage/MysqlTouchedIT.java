package io.gatehouse.appliance.sql.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.mysql.MysqlCatalogs;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.mysql.CorpTables;
import io.gatehouse.appliance.masking.mysql.MysqlBank;
import io.gatehouse.appliance.masking.twin.MysqlGenerator;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlDialect;
import io.gatehouse.appliance.sql.coverage.MysqlProbe.Needs;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.plugin.Certainty;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server itself says which columns a statement reads and what it changes: a user who was
 * granted exactly what the analysis found must be allowed to run it, and one who lacks a column of
 * that must not.
 */
class MysqlTouchedIT {
  private static final long FIRST_SEED = Long.getLong("gatehouse.twin.seed", 3_000_000);
  private static final int COUNT = Boolean.getBoolean("gatehouse.long") ? 5_000 : 250;

  /** What came of all statements. */
  private static final class Tally {
    private final List<String> refused = new ArrayList<>();
    private final List<String> unneeded = new ArrayList<>();
    private final List<String> notUnderstood = new ArrayList<>();
    private int compared;
    private int lacking;
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void generated_grantedWhatWasFound_serverAllowsAndWithLessItDoesNot(Flavour flavour)
      throws Exception {
    MysqlGenerator generator = new MysqlGenerator(flavour == Flavour.MARIADB);
    List<String> statements =
        IntStream.range(0, COUNT)
            .mapToObj(n -> generator.next(FIRST_SEED + n).statements())
            .map(all -> all.get(all.size() / 2))
            .toList();
    Tally tally = bank(flavour, statements);
    keep(flavour, "generated", tally, COUNT * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void analysts_grantedWhatWasFound_serverAllowsAndWithLessItDoesNot(Flavour flavour)
      throws Exception {
    Tally tally = bank(flavour, MysqlBank.analysts(Variant.MARKED));
    keep(flavour, "questions of analysts", tally, 120);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void evasions_grantedWhatWasFound_serverAllowsAndWithLessItDoesNot(Flavour flavour)
      throws Exception {
    CorpTables tables = new CorpTables(flavour);
    tables.renew();
    Tally tally = compare(flavour, CorpTables.database(), CorpTables.statements());
    keep(flavour, "evasions", tally, 80);
  }

  private static void keep(Flavour flavour, String what, Tally tally, int least) throws Exception {
    Measured.keep(
        MysqlTouchedIT.class,
        RealServer.of(flavour).name() + ", " + what,
        "from " + FIRST_SEED,
        "%,d statements run with what was found, %,d also with less; %d not understood"
            .formatted(tally.compared, tally.lacking, tally.notUnderstood.size()));
    assertThat(tally.refused).as("what was found is not all").isEmpty();
    // A server that merges a query into the one around it forgets the columns that are not used.
    assertThat(tally.unneeded)
        .as("what was found is not needed")
        .hasSizeLessThanOrEqualTo(tally.lacking / 10);
    assertThat(tally.compared).as("all but %s", tally.notUnderstood).isGreaterThan(least);
  }

  private static Tally bank(Flavour flavour, List<String> statements) throws Exception {
    new MysqlBank(flavour).with(Variant.MARKED);
    return compare(flavour, MysqlBank.database(Variant.MARKED), statements);
  }

  private static Tally compare(Flavour flavour, String database, List<String> statements)
      throws SQLException {
    Catalog catalog = MysqlCatalogs.of(flavour);
    Tally tally = new Tally();
    SplittableRandom random = new SplittableRandom(FIRST_SEED);
    try (MysqlProbe probe = MysqlProbe.open(flavour, database)) {
      NameState names =
          new NameState.Known(
              List.of(database), MysqlProbe.USER, Set.of(), Set.of(), probe.settings());
      Scene scene = new Scene(catalog, names, true, false);
      for (String sql : statements) {
        Needs needs = needs(flavour, sql, scene, tally);
        if (needs != null) {
          compare(probe, sql, needs, random, tally);
        }
      }
    }
    return tally;
  }

  private static @Nullable Needs needs(Flavour flavour, String sql, Scene scene, Tally tally) {
    if (!MysqlProbe.comparable(sql, scene)) {
      return null;
    }
    List<Analysed> all =
        new MysqlDialect(
                flavour == Flavour.MYSQL
                    ? io.gatehouse.appliance.sql.mysql.Flavour.MYSQL
                    : io.gatehouse.appliance.sql.mysql.Flavour.MARIADB)
            .analyse(sql, scene);
    if (all.getFirst().command().certainty() != Certainty.EXACT) {
      tally.notUnderstood.add(sql + ": " + all.getFirst().command().doubt());
      return null;
    }
    return Needs.of(all.getFirst().command(), scene.catalog());
  }

  private static void compare(
      MysqlProbe probe, String sql, Needs needs, SplittableRandom random, Tally tally)
      throws SQLException {
    if (!probe.grant(needs)) {
      return;
    }
    int code = probe.run(sql);
    tally.compared++;
    // MariaDB wants the right to read a column that a later row changes.
    boolean written = sql.contains("ON DUPLICATE KEY UPDATE");
    if (MysqlProbe.DENIED.contains(code) && !written) {
      tally.refused.add(probe.lastError() + ": " + needs + ": " + sql);
      return;
    }
    Needs less = needs.without(random);
    if (code == 0 && less != null && probe.grant(less)) {
      tally.lacking++;
      if (!MysqlProbe.DENIED.contains(probe.run(sql))) {
        tally.unneeded.add(needs + " but not " + less + ": " + sql);
      }
    }
  }
}
