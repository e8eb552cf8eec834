package io.gatehouse.appliance.mask.detect;

import java.nio.charset.StandardCharsets;

/** RFC 7468 and its relatives: from the line that begins it to the one that ends it. */
final class PrivateKeyForm implements Form {
  private static final byte[] BEGIN = ascii("-----BEGIN ");
  private static final byte[] END = ascii("-----END ");
  private static final byte[] DASHES = ascii("-----");
  private static final String KEY = "PRIVATE KEY";
  private static final int LONGEST_LABEL = 64;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Kind kind() {
    return Kind.PRIVATE_KEY;
  }

  @Override
  public String triggers() {
    return "-";
  }

  @Override
  public long find(Window window, int at, int least) {
    if (!window.starts(at, BEGIN)) {
      return NONE;
    }
    int label = at + BEGIN.length;
    int dashes = dashes(window, label);
    if (dashes < 0 || !privateKey(window, label, dashes)) {
      return NONE;
    }
    return Form.span(at, end(window, dashes + DASHES.length));
  }

  /** Where the label ends in dashes; negative if it does not. */
  private static int dashes(Window window, int label) {
    int index = label;
    while (index - label <= LONGEST_LABEL && labelPart(window.at(index))) {
      index++;
    }
    return index - label <= LONGEST_LABEL && window.starts(index, DASHES) ? index : -1;
  }

  private static boolean labelPart(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ';
  }

  private static boolean privateKey(Window window, int label, int end) {
    String text = new String(window.bytes(), label, end - label, StandardCharsets.US_ASCII);
    return text.endsWith(KEY) || text.endsWith(KEY + " BLOCK");
  }

  /** The text's end where the key was cut off: what is left of it is still secret. */
  private static int end(Window window, int from) {
    for (int index = from; index < window.to(); index++) {
      if (window.at(index) == '-' && window.starts(index, END)) {
        int dashes = dashes(window, index + END.length);
        if (dashes >= 0) {
          return dashes + DASHES.length;
        }
      }
    }
    return window.to();
  }
}
