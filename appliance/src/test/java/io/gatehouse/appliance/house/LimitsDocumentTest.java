package io.gatehouse.appliance.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.net.Limit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in docs/limits.md is the enum, row by row. */
class LimitsDocumentTest {
  private static final SourceTree TREE = SourceTree.ofThisProject();

  @Test
  void table_hasEveryLimitWithItsDefaultMeaningAndMetric_andNoOther() {
    List<String> rows =
        SourceTree.lines(TREE.root().resolve("docs/limits.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(LimitsDocumentTest::firstCells)
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(Arrays.stream(Limit.values()).map(this::row).toList());
  }

  /** What happens when it is reached stands behind these and is prose. */
  private static String firstCells(String line) {
    String[] cells = line.split("\\|", -1);
    return String.join("|", Arrays.copyOf(cells, Math.min(cells.length, 5))).strip();
  }

  private String row(Limit limit) {
    return "| `%s` | %d | %s | `{limit=\"%s\"}`"
        .formatted(limit.key(), limit.defaultValue(), limit.meaning(), limit.key());
  }
}
