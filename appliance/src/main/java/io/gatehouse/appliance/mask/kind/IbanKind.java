package io.gatehouse.appliance.mask.kind;

import io.gatehouse.plugin.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The country and the last four of an IBAN (ISO 13616). Its check digits are hidden: they say what
 * the rest adds up to.
 */
final class IbanKind extends PartialKind {
  // the shortest of any country, and the standard's bound
  private static final int LEAST = 15;
  private static final int MOST = 34;
  private static final int COUNTRY = 2;
  private static final int LAST = 4;

  IbanKind() {
    super("iban");
  }

  @Override
  Partial partial(Settings settings, ValueType type) {
    return IbanKind::shown;
  }

  private static @Nullable String shown(String text) {
    int length = length(text);
    if (length < LEAST || length > MOST || !form(text)) {
      return null;
    }
    char[] masked = text.toCharArray();
    int place = 0;
    for (int i = 0; i < masked.length; i++) {
      if (masked[i] != ' ') {
        if (place >= COUNTRY && place < length - LAST) {
          masked[i] = '*';
        }
        place++;
      }
    }
    return new String(masked);
  }

  private static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      length += text.charAt(i) == ' ' ? 0 : 1;
    }
    return length;
  }

  private static boolean form(String text) {
    if (text.length() > 2 * MOST) {
      return false;
    }
    int place = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ') {
        boolean fits = place < 2 ? letter(c) : place < 4 ? digit(c) : letter(c) || digit(c);
        if (!fits) {
          return false;
        }
        place++;
      }
    }
    return true;
  }

  private static boolean letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
