package io.gatehouse.appliance.journal.show;

import io.gatehouse.spi.ResultReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows as a table whose columns are as wide as the first rows want. Not thread-safe. */
final class ResultTable implements ResultReader.Sink {
  private static final int LOOKED_AT = 100;
  private static final int MOST_HELD = 1 << 20;
  private static final int WIDEST = 60;
  private static final int LONGEST = 2_000;
  private static final String BETWEEN = " | ";

  private final Paper paper;
  private final String margin;
  private List<String> labels = List.of();
  private final List<List<String>> held = new ArrayList<>();
  private long heldCharacters;
  private int[] widths = new int[0];
  private boolean printing;

  ResultTable(Paper paper, String margin) {
    this.paper = paper;
    this.margin = margin;
  }

  @Override
  public void columns(List<String> columns) {
    flush();
    labels = columns.stream().map(ResultTable::cell).toList();
  }

  @Override
  public void row(List<@Nullable String> values) {
    List<String> cells =
        values.stream().map(value -> value == null ? "NULL" : cell(value)).toList();
    if (printing) {
      print(cells);
      return;
    }
    held.add(cells);
    heldCharacters += cells.stream().mapToInt(String::length).sum();
    if (held.size() >= LOOKED_AT || heldCharacters > MOST_HELD) {
      begin();
    }
  }

  /** Safe before it is measured. */
  private static String cell(String value) {
    String cut = value;
    if (value.length() > LONGEST) {
      int end = value.offsetByCodePoints(0, Math.min(LONGEST, value.codePointCount(0, LONGEST)));
      cut = value.substring(0, end) + "… (" + value.length() + " characters)";
    }
    return Printable.line(cut);
  }

  private void begin() {
    printing = true;
    int columns = held.stream().mapToInt(List::size).max().orElse(0);
    widths = new int[Math.max(columns, labels.size())];
    measure(labels);
    held.forEach(this::measure);
    if (!labels.isEmpty()) {
      print(labels);
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < labels.size(); i++) {
        line.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
      }
      paper.line(margin + line);
    }
    held.forEach(this::print);
    held.clear();
    heldCharacters = 0;
  }

  private void measure(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      widths[i] = Math.clamp(length(cells.get(i)), widths[i], WIDEST);
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private void print(List<String> cells) {
    StringBuilder line = new StringBuilder(margin);
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : BETWEEN).append(cells.get(i));
      if (i < cells.size() - 1 && i < widths.length) {
        line.append(" ".repeat(Math.max(0, widths[i] - length(cells.get(i)))));
      }
    }
    paper.line(line.toString());
  }

  private void flush() {
    if (!printing && (!held.isEmpty() || !labels.isEmpty())) {
      begin();
    }
    printing = false;
    labels = List.of();
  }

  @Override
  public void line(String text) {
    flush();
    paper.line(margin + text);
  }

  @Override
  public void done(String how) {
    flush();
    paper.line(margin + how);
  }

  @Override
  public void said(String severity, String code, String message) {
    flush();
    paper.line(margin + severity + " " + code + ": " + message);
  }

  @Override
  public void unread(String what) {
    flush();
    paper.line(margin + "(not shown: " + what + ")");
  }

  void end() {
    flush();
  }
}
