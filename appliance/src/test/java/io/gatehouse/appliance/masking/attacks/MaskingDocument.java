package io.gatehouse.appliance.masking.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One part of docs/masking-evasions.md: with {@code -Dgatehouse.record=true} it is written, else it
 * must be as it stands there.
 */
final class MaskingDocument {
  private static final Path DOCUMENT = Path.of("../docs/masking-evasions.md");

  private MaskingDocument() {}

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
