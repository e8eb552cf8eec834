package io.gatehouse.appliance.mask.detect;

/** A plus, a country that does not begin with zero, and 8 to 15 digits in all (ITU-T E.164). */
final class InternationalPhoneForm implements Form {
  private static final int LEAST = 8;
  private static final int MOST = 15;

  @Override
  public Kind kind() {
    return Kind.PHONE;
  }

  @Override
  public String triggers() {
    return "+";
  }

  @Override
  public long find(Window window, int at, int least) {
    if (window.word(at - 1) || window.at(at - 1) == '+' || window.at(at + 1) == '0') {
      return NONE;
    }
    int digits = 0;
    int end = at + 1;
    int index = at + 1;
    while (true) {
      int group = window.digits(index, MOST + 1 - digits);
      if (group == 0 || digits + group > MOST || window.word(index + group)) {
        break;
      }
      digits += group;
      end = index + group;
      index = next(window, end);
    }
    // what stopped it was not a separator and another number, but the rest of this one
    return digits >= LEAST && !window.word(end) ? Form.span(at, end) : NONE;
  }

  /** Behind one separator, or a blank and a bracket, or a bracket and a blank. */
  private static int next(Window window, int index) {
    int next = index;
    while (next - index < 2 && separator(window.at(next))) {
      next++;
    }
    return next;
  }

  private static boolean separator(int c) {
    return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')';
  }
}
