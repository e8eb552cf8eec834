package io.gatehouse.appliance.sql.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The committed texts, one a line, with control characters as their pictures. */
final class Corpus {
  private Corpus() {}

  static List<String> statements() throws IOException {
    return lines("statements.txt");
  }

  /** What the server reads and this reader refuses, by name. */
  static List<String> refusedHere() throws IOException {
    return lines("refused-here.txt");
  }

  /** What this reader reads and the server refuses, by name. */
  static List<String> refusedThere() throws IOException {
    return lines("refused-there.txt");
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("##"))
          .map(Corpus::decoded)
          .toList();
    }
  }

  private static String decoded(String line) {
    return line.replace('␤', '\n')
        .replace('␍', '\r')
        .replace('␉', '\t')
        .replace('␋', '\u000b')
        .replace('␌', '\f')
        .replace('⍽', '\u00a0');
  }
}
