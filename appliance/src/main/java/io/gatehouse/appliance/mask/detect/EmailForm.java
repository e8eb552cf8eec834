package io.gatehouse.appliance.mask.detect;

/** Addresses without quotes or comments (RFC 5321, dot-atoms of ASCII), around their at sign. */
final class EmailForm implements Form {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final int LONGEST_TOP = 24;

  @Override
  public Kind kind() {
    return Kind.EMAIL;
  }

  @Override
  public String triggers() {
    return "@";
  }

  @Override
  public long find(Window window, int at, int least) {
    if (!atom(window.at(at - 1))) {
      return NONE;
    }
    int start = local(window, at, least);
    int end = start < 0 ? -1 : domain(window, at + 1);
    return end < 0 ? NONE : Form.span(start, end);
  }

  /** Letters and so on, with single dots between. */
  private static int local(Window window, int at, int least) {
    int start = at;
    while (start > least
        && (atom(window.at(start - 1))
            || (window.at(start - 1) == '.' && window.at(start) != '.'))) {
      start--;
      if (at - start > LONGEST_LOCAL + 1) {
        return -1;
      }
    }
    start += window.at(start) == '.' ? 1 : 0;
    return start < at && at - start <= LONGEST_LOCAL ? start : -1;
  }

  private static boolean atom(int c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '%' || c == '+' || c == '-';
  }

  private static boolean letter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Behind the last label that can be a top one; negative if there is none. */
  private static int domain(Window window, int start) {
    int end = -1;
    int label = start;
    while (label - start <= LONGEST_DOMAIN) {
      int index = label;
      boolean letters = true;
      while (index - start <= LONGEST_DOMAIN && (window.word(index) || window.at(index) == '-')) {
        letters &= letter(window.at(index));
        index++;
      }
      int length = index - label;
      boolean top = label > start && letters && length >= 2 && length <= LONGEST_TOP;
      if (top && index - start <= LONGEST_DOMAIN && !atom(window.at(index))) {
        end = index;
      }
      if (length == 0
          || window.at(label) == '-'
          || window.at(index - 1) == '-'
          || underscored(window, label, index)
          || window.at(index) != '.') {
        return end;
      }
      label = index + 1;
    }
    return end;
  }

  private static boolean underscored(Window window, int start, int end) {
    for (int i = start; i < end; i++) {
      if (window.at(i) == '_') {
        return true;
      }
    }
    return false;
  }
}
