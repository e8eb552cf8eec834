package io.gatehouse.appliance.mask.detect;

/**
 * RFC 4291, 2.2, around the first colon. An address without any decimal digit is left to the
 * programming languages that write names so.
 */
final class Ipv6Form implements Form {
  private static final int LONGEST = 45;
  private static final int GROUPS = 8;

  @Override
  public Kind kind() {
    return Kind.IPV6;
  }

  @Override
  public String triggers() {
    return ":";
  }

  @Override
  public long find(Window window, int at, int least) {
    int start = at;
    while (start > least && at - start < 5 && hex(window.at(start - 1))) {
      start--;
    }
    int before = window.at(start - 1);
    if (window.word(start - 1) || before == ':' || before == '.') {
      return NONE;
    }
    int end = end(window, start);
    return end >= 0 && decimal(window, start, end) && address(window, start, end)
        ? Form.span(start, end)
        : NONE;
  }

  /** Without the dot or colon of the sentence around it; negative if it is a part of a word. */
  private static int end(Window window, int start) {
    int end = start;
    while (end - start <= LONGEST && part(window.at(end))) {
      end++;
    }
    if (end - start > LONGEST || window.word(end)) {
      return -1;
    }
    while (end > start && window.at(end - 1) == '.') {
      end--;
    }
    boolean single = window.at(end - 1) == ':' && window.at(end - 2) != ':';
    return single ? end - 1 : end;
  }

  private static boolean part(int c) {
    return hex(c) || c == ':' || c == '.';
  }

  private static boolean hex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean decimal(Window window, int start, int end) {
    for (int i = start; i < end; i++) {
      if (window.digit(i)) {
        return true;
      }
    }
    return false;
  }

  /** Eight groups, or fewer with one gap; the last two may be an IPv4 address. */
  private static boolean address(Window window, int start, int end) {
    int groups = 0;
    boolean gap = false;
    int index = start;
    while (index < end) {
      if (window.at(index) == ':') {
        boolean doubled = window.at(index + 1) == ':' && index + 1 < end;
        if (doubled ? gap : groups == 0 || index + 1 == end) {
          return false;
        }
        gap |= doubled;
        index += doubled ? 2 : 1;
        if (index < end && window.at(index) == ':') {
          return false;
        }
      }
      if (index < end) {
        int length = group(window, index, end);
        if (window.at(index + length) == '.' && index + length < end) {
          return dotted(window, index, end) && complete(groups + 2, gap);
        }
        if (length == 0 || length > 4) {
          return false;
        }
        groups++;
        index += length;
      }
    }
    return complete(groups, gap);
  }

  private static boolean complete(int groups, boolean gap) {
    return gap ? groups < GROUPS : groups == GROUPS;
  }

  private static int group(Window window, int index, int end) {
    int length = 0;
    while (index + length < end && hex(window.at(index + length))) {
      length++;
    }
    return length;
  }

  private static boolean dotted(Window window, int start, int end) {
    int index = start;
    for (int i = 0; i < 4; i++) {
      if (i > 0 && window.at(index++) != '.') {
        return false;
      }
      int length = window.digits(index, 4);
      if (!Ipv4Form.octet(window, index, length)) {
        return false;
      }
      index += length;
    }
    return index == end;
  }
}
