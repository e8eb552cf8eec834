package io.gatehouse.appliance.mask.detect;

/** Four numbers up to 255 without leading zeros, with dots between. */
final class Ipv4Form implements Form {

  @Override
  public Kind kind() {
    return Kind.IPV4;
  }

  @Override
  public String triggers() {
    return "0123456789";
  }

  @Override
  public long find(Window window, int at, int least) {
    if (window.word(at - 1) || window.at(at - 1) == '.') {
      return NONE;
    }
    int index = at;
    for (int i = 0; i < 4; i++) {
      if (i > 0 && window.at(index++) != '.') {
        return NONE;
      }
      int length = window.digits(index, 4);
      if (!octet(window, index, length)) {
        return NONE;
      }
      index += length;
    }
    boolean goesOn = window.word(index) || (window.at(index) == '.' && window.digit(index + 1));
    return goesOn ? NONE : Form.span(at, index);
  }

  static boolean octet(Window window, int at, int length) {
    if (length == 0 || length > 3 || (length > 1 && window.at(at) == '0')) {
      return false;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      number = 10 * number + window.at(at + i) - '0';
    }
    return number <= 255;
  }
}
