package io.gatehouse.appliance.mask.kind;

import io.gatehouse.plugin.ValueType;
import org.jspecify.annotations.Nullable;

/** Digits with separators, of which some at the ends are shown: card and telephone numbers. */
final class DigitsKind extends PartialKind {
  /** As long as a number with its separators can be. */
  private static final int LONGEST = 64;

  private final String separators;
  private final int least;
  private final int most;
  private final int mostFirst;
  private final int mostLast;
  private final int unsaidLast;
  private final int leastHidden;

  private DigitsKind(String name, String separators, int least, int most, int[] shown) {
    super(name);
    this.separators = separators;
    this.least = least;
    this.most = most;
    this.mostFirst = shown[0];
    this.mostLast = shown[1];
    this.unsaidLast = shown[2];
    this.leastHidden = shown[3];
  }

  /** ISO/IEC 7812: 12 to 19 digits; PCI DSS 4.0, 3.4: six and four of them at most, six hidden. */
  static DigitsKind pan() {
    return new DigitsKind("pan", " -", 12, 19, new int[] {6, 4, 4, 6});
  }

  /** ITU-T E.164: up to 15 digits. */
  static DigitsKind phone() {
    return new DigitsKind("phone", " -.()/+", 7, 15, new int[] {0, 4, 2, 4});
  }

  @Override
  Partial partial(Settings settings, ValueType type) {
    int first = mostFirst == 0 ? 0 : settings.number("first", 0, 0, mostFirst);
    int last = settings.number("last", unsaidLast, 0, mostLast);
    return text -> shown(text, first, last);
  }

  private @Nullable String shown(String text, int first, int last) {
    int digits = digits(text);
    if (digits < least || digits > most) {
      return null;
    }
    int shownFirst = digits - first - last >= leastHidden ? first : 0;
    int shownLast = digits - shownFirst - last >= leastHidden ? last : 0;
    char[] masked = text.toCharArray();
    int digit = 0;
    for (int i = 0; i < masked.length; i++) {
      if (separators.indexOf(masked[i]) < 0) {
        if (digit >= shownFirst && digit < digits - shownLast) {
          masked[i] = '*';
        }
        digit++;
      }
    }
    return new String(masked);
  }

  /** Negative if there is anything else than digits and separators. */
  private int digits(String text) {
    int digits = 0;
    if (text.length() > LONGEST) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (separators.indexOf(c) < 0) {
        return -1;
      }
    }
    return digits;
  }
}
