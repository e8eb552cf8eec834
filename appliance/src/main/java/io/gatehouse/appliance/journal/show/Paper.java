package io.gatehouse.appliance.journal.show;

import java.io.PrintWriter;

/** Where lines are printed; makes each of them safe for a terminal. Not thread-safe. */
public final class Paper {
  private static final int LINES = 256;

  private final PrintWriter out;
  private int lines;
  private boolean gone;

  public Paper(PrintWriter out) {
    this.out = out;
  }

  public void line(String text) {
    out.print(Printable.line(text));
    out.print('\n');
    if (++lines % LINES == 0) {
      gone = out.checkError();
    }
  }

  /** A text of lines of its own, each of them marked, so that none passes for one of ours. */
  void quoted(String mark, String text) {
    text.lines().forEach(line -> line(mark + line));
  }

  public void flush() {
    out.flush();
  }

  /** Whether somebody still reads. */
  public boolean wanted() {
    return !gone;
  }
}
