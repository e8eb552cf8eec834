package io.gatehouse.appliance.gated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One part of docs/evasions.md: with {@code -Dgatehouse.record=true} it is written, else it must be
 * as it stands there.
 */
final class EvasionsDocument {
  private static final Path DOCUMENT = Path.of("../docs/evasions.md");

  private EvasionsDocument() {}

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
}
