package io.gatehouse.appliance.mask.detect;

/**
 * Social security numbers: three, two and four digits with the same separator between. Nine digits
 * in a row are too many things to be taken for one.
 */
final class SsnForm implements Form {
  private static final int LENGTH = 11;

  @Override
  public Kind kind() {
    return Kind.SSN;
  }

  /** An area never begins with 9: those are taxpayer numbers. */
  @Override
  public String triggers() {
    return "012345678";
  }

  @Override
  public long find(Window window, int at, int least) {
    int separator = window.at(at + 3);
    boolean form =
        (separator == '-' || separator == ' ')
            && window.at(at + 6) == separator
            && window.digits(at, 4) == 3
            && window.digits(at + 4, 3) == 2
            && window.digits(at + 7, 5) == 4
            && !window.cameFrom(at)
            && !window.goesOn(at + LENGTH);
    return form
            && issued(number(window, at, 3), number(window, at + 4, 2), number(window, at + 7, 4))
        ? Form.span(at, at + LENGTH)
        : NONE;
  }

  /**
   * No part is all zeros, area 666 was never given, and two numbers were printed in advertisements.
   */
  private static boolean issued(int area, int group, int serial) {
    return area != 0
        && area != 666
        && area < 900
        && group != 0
        && serial != 0
        && !(area == 78 && group == 5 && serial == 1120)
        && !(area == 219 && group == 9 && serial == 9999);
  }

  private static int number(Window window, int at, int digits) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      number = 10 * number + window.at(at + i) - '0';
    }
    return number;
  }
}
