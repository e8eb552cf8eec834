package io.gatehouse.appliance.sql.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.sql.corpus.Corpus;
import io.gatehouse.appliance.sql.corpus.Said;
import io.gatehouse.plugin.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Everything that is collected from clients and tools, the queries of TPC-H and the typical use of
 * the demo's bank, against the catalog of a real server as the gate reads it.
 */
class UnderstoodIT {
  /** Of a hundred. */
  private static final int WANTED = 99;

  private static final PostgresDialect DIALECT = new PostgresDialect();
  private static Estate estate;
  private static Catalog catalog;
  private static Catalog tpch;

  @BeforeAll
  static void read() throws Exception {
    estate = Estate.bank();
    catalog = estate.server().read();
    tpch = Estate.tpch().read();
  }

  @Test
  void corpus_realCatalog_isUnderstood() throws Exception {
    Map<String, List<String>> notUnderstood = new TreeMap<>();
    Map<String, Tally> tallies = new TreeMap<>();
    for (Said said : Corpus.harmless()) {
      String doubt = doubt(said);
      tallies.computeIfAbsent(file(said), _ -> new Tally()).count(doubt.isEmpty());
      if (!doubt.isEmpty()) {
        notUnderstood.computeIfAbsent(doubt, _ -> new ArrayList<>()).add(said.id());
      }
    }
    Tally all = new Tally();
    tallies.values().forEach(all::add);
    tallies.put("all", all);
    CoverageDocument.compare(
        "corpus", table(tallies) + "\n\n" + CoverageDocument.table(notUnderstood));
    assertThat(all.understood * 100)
        .as("understood of " + all.said)
        .isGreaterThanOrEqualTo(all.said * WANTED);
  }

  /** Why it was not understood, or empty. */
  private static String doubt(Said said) {
    Catalog against = file(said).equals("tpch") ? tpch : catalog;
    NameState names =
        new NameState.Known(catalog.defaultSearchPath(), catalog.user(), estate.temporary(said));
    return DIALECT.analyse(said.sql(), new Scene(against, names, true, true)).stream()
        .map(Analysed::command)
        .filter(command -> command.certainty() == Certainty.NONE)
        .map(command -> command.doubt())
        .findFirst()
        .orElse("");
  }

  private static String file(Said said) {
    return said.id().substring(0, said.id().indexOf('/'));
  }

  private static String table(Map<String, Tally> tallies) {
    StringBuilder table =
        new StringBuilder("| file | statements | understood |\n| --- | --- | --- |");
    tallies.forEach((file, tally) -> table.append("\n| ").append(file).append(" | ").append(tally));
    return table.toString();
  }

  private static final class Tally {
    private int said;
    private int understood;

    void count(boolean yes) {
      said++;
      understood += yes ? 1 : 0;
    }

    void add(Tally other) {
      said += other.said;
      understood += other.understood;
    }

    @Override
    public String toString() {
      return said + " | " + understood + " |";
    }
  }
}
