package io.gatehouse.appliance.mask.detect;

/**
 * One form that gives a value away. Stateless; looks at a bounded number of bytes, or at bytes that
 * no other call looks at, so that the whole stays in proportion to the text.
 */
interface Form {
  long NONE = -1;

  Kind kind();

  /** The bytes, as characters of ASCII, at which {@link #find} is worth asking. */
  String triggers();

  /**
   * What has this form around a byte that is one of the triggers.
   *
   * @param least where it may begin at the earliest: what was found before lies in front of it
   * @return a {@link #span}, or {@link #NONE}
   */
  long find(Window window, int at, int least);

  static long span(int start, int end) {
    return (long) start << Integer.SIZE | end;
  }

  static int start(long span) {
    return (int) (span >>> Integer.SIZE);
  }

  static int end(long span) {
    return (int) span;
  }
}
