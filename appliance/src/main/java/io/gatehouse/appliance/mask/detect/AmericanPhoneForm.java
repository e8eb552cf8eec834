package io.gatehouse.appliance.mask.detect;

/** Ten digits of the North American plan, with separators; area and exchange begin at 2. */
final class AmericanPhoneForm implements Form {

  @Override
  public Kind kind() {
    return Kind.PHONE;
  }

  @Override
  public String triggers() {
    return "(23456789";
  }

  @Override
  public long find(Window window, int at, int least) {
    if (window.cameFrom(at)) {
      return NONE;
    }
    return window.at(at) == '(' ? bracketed(window, at) : plain(window, at);
  }

  /** (212) 555-1234, also without the blank. */
  private static long bracketed(Window window, int at) {
    if (!three(window, at + 1) || window.at(at + 4) != ')') {
      return NONE;
    }
    int exchange = at + (window.at(at + 5) == ' ' ? 6 : 5);
    int separator = window.at(exchange + 3);
    return separator == '-' || separator == '.' || separator == ' '
        ? ending(window, at, exchange)
        : NONE;
  }

  private static long plain(Window window, int at) {
    int separator = window.at(at + 3);
    boolean form =
        (separator == '-' || separator == '.' || separator == ' ')
            && window.at(at + 7) == separator
            && three(window, at);
    return form ? ending(window, at, at + 4) : NONE;
  }

  private static long ending(Window window, int at, int exchange) {
    int end = exchange + 8;
    return three(window, exchange) && window.digits(exchange + 4, 5) == 4 && !window.goesOn(end)
        ? Form.span(at, end)
        : NONE;
  }

  private static boolean three(Window window, int at) {
    return window.digits(at, 4) == 3 && window.at(at) >= '2';
  }
}
