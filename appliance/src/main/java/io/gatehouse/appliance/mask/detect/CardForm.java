package io.gatehouse.appliance.mask.detect;

/**
 * Card numbers (ISO/IEC 7812): in one run, or in the groups that are printed on cards with blanks
 * or hyphens between.
 */
final class CardForm implements Form {
  private static final int LEAST = 13;
  private static final int MOST = 19;

  /** Longest first: the shorter ones are their beginnings. */
  private static final int[][] GROUPS = {{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}};

  @Override
  public Kind kind() {
    return Kind.PAN;
  }

  /** The first digits of the issuers below. */
  @Override
  public String triggers() {
    return "23456";
  }

  @Override
  public long find(Window window, int at, int least) {
    if (window.cameFrom(at)) {
      return NONE;
    }
    int run = window.digits(at, MOST + 1);
    if (run >= LEAST) {
      return run <= MOST && !window.goesOn(at + run) && valid(window, at, at + run)
          ? Form.span(at, at + run)
          : NONE;
    }
    int separator = window.at(at + run);
    if (run == 4 && (separator == ' ' || separator == '-')) {
      for (int[] groups : GROUPS) {
        int end = end(window, at, groups, separator);
        if (end >= 0 && valid(window, at, end)) {
          return Form.span(at, end);
        }
      }
    }
    return NONE;
  }

  private static int end(Window window, int start, int[] groups, int separator) {
    int index = start;
    for (int i = 0; i < groups.length; i++) {
      if (i > 0 && window.at(index++) != separator) {
        return -1;
      }
      if (window.digits(index, groups[i]) != groups[i]) {
        return -1;
      }
      index += groups[i];
    }
    return window.goesOn(index) ? -1 : index;
  }

  private static boolean valid(Window window, int start, int end) {
    int length = 0;
    int sum = 0;
    int doubledSum = 0;
    int first = 0;
    for (int i = start; i < end; i++) {
      if (window.digit(i)) {
        int digit = window.at(i) - '0';
        int doubled = digit > 4 ? 2 * digit - 9 : 2 * digit;
        // which digits are doubled is known at the end, so both sums are kept
        int swapped = sum + doubled;
        sum = doubledSum + digit;
        doubledSum = swapped;
        first = length < 4 ? 10 * first + digit : first;
        length++;
      }
    }
    return sum % 10 == 0 && issued(first, length);
  }

  /** Whether an issuer has numbers that begin with these four digits and are so long. */
  private static boolean issued(int first, int length) {
    return switch (first / 1000) {
      case 2 -> mastercard2(first, length) || (first >= 2200 && first <= 2204 && length >= 16);
      case 3 -> issued3(first, length);
      case 4 -> length == 13 || length == 16 || length == 19;
      case 5 -> (first >= 5100 && first <= 5599 && length == 16) || maestro(first, length);
      case 6 -> issued6(first, length) || maestro(first, length);
      default -> false;
    };
  }

  private static boolean mastercard2(int first, int length) {
    return first >= 2221 && first <= 2720 && length == 16;
  }

  /** American Express, Diners Club, JCB. */
  private static boolean issued3(int first, int length) {
    int two = first / 100;
    if (two == 34 || two == 37) {
      return length == 15;
    }
    boolean diners = (first >= 3000 && first <= 3059) || first == 3095 || two == 36;
    if (diners || two == 38 || two == 39) {
      return length == 14 || (length >= 16 && length <= 19);
    }
    return first >= 3528 && first <= 3589 && length >= 16;
  }

  /** Discover, UnionPay. */
  private static boolean issued6(int first, int length) {
    int two = first / 100;
    boolean discover = first == 6011 || (first >= 6440 && first <= 6499) || two == 65;
    return (discover || two == 62 || two == 81) && length >= 16;
  }

  private static boolean maestro(int first, int length) {
    return switch (first) {
      case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763 -> length >= 16;
      default -> false;
    };
  }
}
