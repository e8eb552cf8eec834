package io.gatehouse.appliance.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Statements beside queries and changes, with what MySQL 8.0.15 and MariaDB 11.4.5 said when asked
 * to prepare them: {@code s} if it was no syntax error, {@code r} if they are read here.
 */
class UtilityCorpusTest {
  private static final int AT_LEAST = 650;

  /** What a server said of one statement, and what is expected here. */
  private record Line(String sql, boolean accepted, boolean read) {}

  private static List<Line> corpus(Flavour flavour) throws IOException {
    int at = flavour == Flavour.MYSQL ? 0 : 3;
    List<Line> lines = new ArrayList<>();
    try (InputStream file =
        Objects.requireNonNull(
            UtilityCorpusTest.class.getResourceAsStream("utility-statements.txt"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .forEach(
              line ->
                  lines.add(
                      new Line(
                          line.substring(6), line.charAt(at) == 's', line.charAt(at + 1) == 'r')));
    }
    assertThat(lines).hasSizeGreaterThan(AT_LEAST);
    return lines;
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void statementThatWasRead_isReadAgain(Flavour flavour) throws IOException {
    assertThat(corpus(flavour).stream().filter(Line::read).map(Line::sql))
        .filteredOn(sql -> !Parsed.reads(Parsed.settings(flavour), sql))
        .isEmpty();
  }

  /** But for a few, of which only the head is read and the server refuses what comes behind it. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void statementThatTheServerRefuses_isNotRead(Flavour flavour) throws IOException {
    assertThat(
            corpus(flavour).stream()
                .filter(line -> !line.accepted() && !line.read())
                .map(Line::sql))
        .filteredOn(sql -> Parsed.reads(Parsed.settings(flavour), sql))
        .isEmpty();
  }
}
