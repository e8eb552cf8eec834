package io.gatehouse.appliance.masking.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One part of docs/masking-evasions-mysql.md: with {@code -Dgatehouse.record=true} it is written,
 * else it must be as it stands there.
 */
final class MysqlEvasionsDocument {
  private static final Path DOCUMENT = Path.of("../docs/masking-evasions-mysql.md");

  private MysqlEvasionsDocument() {}

  static void compare(String part, Map<String, Set<String>> outcomes) throws IOException {
    String begin = "<!-- begin " + part + " -->\n";
    String end = "<!-- end " + part + " -->";
    String document = Files.readString(DOCUMENT);
    int from = document.indexOf(begin) + begin.length();
    int to = document.indexOf(end);
    assertThat(from).as("where " + part + " begins").isBetween(begin.length(), to);
    String wanted = "\n" + table(outcomes) + "\n\n";
    if (Boolean.getBoolean("gatehouse.record")) {
      Files.writeString(DOCUMENT, document.substring(0, from) + wanted + document.substring(to));
    } else {
      assertThat(document.substring(from, to)).as(part + " of " + DOCUMENT).isEqualTo(wanted);
    }
  }

  /** Each entry with what became of it, in whatever way it was sent. */
  private static String table(Map<String, Set<String>> outcomes) {
    return outcomes.entrySet().stream()
        .map(entry -> "| " + entry.getKey() + " | " + String.join("; ", entry.getValue()) + " |")
        .collect(Collectors.joining("\n", "| id | what became of it |\n| --- | --- |\n", ""));
  }
}
