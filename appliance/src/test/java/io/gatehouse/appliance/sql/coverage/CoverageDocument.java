package io.gatehouse.appliance.sql.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One part of docs/sql-coverage.md: with {@code -Dgatehouse.record=true} it is written, else it
 * must be as it stands there.
 */
final class CoverageDocument {
  private static final Path DOCUMENT = Path.of("../docs/sql-coverage.md");

  private CoverageDocument() {}

  static void compare(String part, String content) throws IOException {
    String begin = "<!-- begin " + part + " -->\n";
    String end = "<!-- end " + part + " -->";
    String document = Files.readString(DOCUMENT);
    int from = document.indexOf(begin) + begin.length();
    int to = document.indexOf(end);
    assertThat(from).as("where " + part + " begins").isBetween(begin.length(), to);
    String wanted = "\n" + content.strip() + "\n\n";
    if (Boolean.getBoolean("gatehouse.record")) {
      Files.writeString(DOCUMENT, document.substring(0, from) + wanted + document.substring(to));
    } else {
      assertThat(document.substring(from, to)).as(part + " of " + DOCUMENT).isEqualTo(wanted);
    }
  }

  /** Reasons with the statements they concern, the most frequent first. */
  static String table(Map<String, List<String>> byReason) {
    return byReason.entrySet().stream()
        .sorted(
            Map.Entry.<String, List<String>>comparingByValue(
                    (one, other) -> other.size() - one.size())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .collect(
            Collectors.joining("\n", "| reason | how many | which |\n| --- | --- | --- |\n", ""));
  }

  private static String row(String reason, List<String> ids) {
    return "| " + reason.replace("|", "\\|") + " | " + ids.size() + " | " + folded(ids) + " |";
  }

  /** The mutations of one file with one number behind the other: {@code psql/12~1 ~3, 14~0}. */
  private static String folded(List<String> ids) {
    Map<String, List<String>> byFile = new TreeMap<>();
    for (String id : ids) {
      int slash = id.indexOf('/');
      byFile
          .computeIfAbsent(id.substring(0, slash), _ -> new java.util.ArrayList<>())
          .add(id.substring(slash + 1));
    }
    return byFile.entrySet().stream()
        .map(file -> file.getKey() + "/" + String.join(" ", file.getValue()))
        .collect(Collectors.joining(", "));
  }
}
