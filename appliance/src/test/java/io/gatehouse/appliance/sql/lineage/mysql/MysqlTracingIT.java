package io.gatehouse.appliance.sql.lineage.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lineage says of a result, against what real servers give. */
class MysqlTracingIT {
  private static final int WANTED = 300;
  private static final int MOST_TRIES = 5_000;

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void everyResult_isWhatLineageSays(Flavour flavour) throws SQLException {
    long seed = Long.getLong("lineage.seed", 20_261_122);
    MadeQueries queries = new MadeQueries(seed, flavour);
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> unproved = new TreeMap<>();
    int proved = 0;
    try (MarkedDatabase database = MarkedDatabase.make(flavour)) {
      for (int i = 0; i < MOST_TRIES && proved < WANTED; i++) {
        String sql = queries.next();
        List<List<String>> result = taken(database, sql);
        if (result.isEmpty()) {
          continue;
        }
        Lineage lineage = database.trace(sql);
        if (lineage.unproved().isPresent()) {
          unproved.merge(lineage.unproved().get(), 1, Integer::sum);
        } else {
          proved++;
          differences(database, lineage, result).stream()
              .map(difference -> difference + " in " + sql)
              .forEach(wrong::add);
        }
      }
    }
    System.out.printf("%s, seed %d: %d proved, unproved %s%n", flavour, seed, proved, unproved);
    assertThat(wrong).as("seed %d", seed).isEmpty();
    assertThat(proved).as("seed %d", seed).isEqualTo(WANTED);
  }

  /** Empty if the server does not take it. */
  private static List<List<String>> taken(MarkedDatabase database, String sql) {
    try {
      return database.result(sql);
    } catch (SQLException refused) {
      return List.of();
    }
  }

  private static List<String> differences(
      MarkedDatabase database, Lineage lineage, List<List<String>> result) {
    List<String> labels = result.getFirst();
    List<Lineage.Output> outputs = lineage.outputs();
    if (outputs.size() != labels.size()) {
      return List.of(outputs.size() + " columns, and the server has " + labels);
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Lineage.Output output = outputs.get(i);
      if (!output.label().isEmpty() && !output.label().equals(labels.get(i))) {
        differences.add("label " + output.label() + ", and the server says " + labels.get(i));
      }
      for (List<String> row : result.subList(1, result.size())) {
        if (!holds(database, output.flow(), row.get(i))) {
          differences.add(
              "column "
                  + (i + 1)
                  + ": "
                  + output.flow()
                  + ", and it holds "
                  + database.found(row.get(i)));
        }
      }
    }
    return differences;
  }

  private static boolean holds(MarkedDatabase database, Flow flow, String value) {
    List<ColumnOrigin> found = database.found(value);
    return switch (flow) {
      case Flow.Identity(ColumnOrigin column) ->
          value.isEmpty() || (MarkedDatabase.whole(value) && found.equals(List.of(column)));
      case Flow.Derived(var columns) ->
          columns.isEmpty() ? !MarkedDatabase.marked(value) : columns.containsAll(found);
    };
  }
}
