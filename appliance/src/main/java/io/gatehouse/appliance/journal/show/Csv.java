package io.gatehouse.appliance.journal.show;

import java.util.List;
import java.util.stream.Collectors;

/** RFC 4180, for spreadsheets: every cell in quotes, and none of them a formula. */
final class Csv {
  private static final String FORMULA = "=+-@";

  /** Which some programs take for the others. */
  private static final String FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20";

  private Csv() {}

  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String value) {
    String safe = Printable.line(value);
    String text = safe.stripLeading();
    boolean formula = !text.isEmpty() && (FORMULA + FULL_WIDTH).indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + safe.replace("\"", "\"\"") + '"';
  }
}
