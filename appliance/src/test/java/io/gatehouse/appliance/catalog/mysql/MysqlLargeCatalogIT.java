package io.gatehouse.appliance.catalog.mysql;

import static io.gatehouse.appliance.catalog.mysql.MysqlEstate.relation;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class MysqlLargeCatalogIT {
  private static final int TABLES = 2_000;
  private static final int COLUMNS = 20;
  private static final int VIEWS = 100;

  /** Several times what it takes on two cores; a step that is quadratic takes minutes. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  @ParameterizedTest
  @EnumSource
  void twoThousandTablesOfTwentyColumns_areReadInOneGo(Flavour flavour) {
    try (MysqlEstate estate = new MysqlEstate(flavour, "large")) {
      estate.run(definitions());
      MysqlCatalogReader reader = MysqlEstate.reader(MysqlEstate.port());
      for (int time = 1; time <= 2; time++) {
        long began = System.nanoTime();
        var reading = MysqlEstate.join(reader.read(estate.upstream(), false));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        MysqlEstate.join(reader.look(estate.upstream(), reading.marker()));

        Catalog catalog = new Catalog(1, reading.content());
        assertThat(relation(catalog, "large", "t2000").columns()).hasSize(COLUMNS);
        assertThat(relation(catalog, "large", "v100").origins()).hasSize(COLUMNS);
        assertThat(took).isLessThan(BOUND);
      }
    }
  }

  private static String[] definitions() {
    String columns =
        IntStream.range(1, COLUMNS)
            .mapToObj(i -> ", c" + i + (i % 2 == 0 ? " INT" : " VARCHAR(40)"))
            .collect(Collectors.joining());
    List<String> definitions = new ArrayList<>();
    for (int i = 1; i <= TABLES; i++) {
      definitions.add("CREATE TABLE large.t" + i + " (id INT PRIMARY KEY" + columns + ")");
    }
    for (int i = 1; i <= VIEWS; i++) {
      definitions.add("CREATE VIEW large.v" + i + " AS SELECT * FROM large.t" + i);
    }
    return definitions.toArray(String[]::new);
  }
}
