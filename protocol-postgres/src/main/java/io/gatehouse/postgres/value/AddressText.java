package io.gatehouse.postgres.value;

import org.jspecify.annotations.Nullable;

/** Network addresses as the server writes them (inet_net_ntop.c, after RFC 5952). */
final class AddressText {
  private static final int GROUPS = 8;

  private AddressText() {}

  static String format(byte[] address) {
    return address.length == 4 ? dotted(address, 0) : grouped(address);
  }

  private static String dotted(byte[] address, int first) {
    return (address[first] & 0xFF)
        + "."
        + (address[first + 1] & 0xFF)
        + "."
        + (address[first + 2] & 0xFF)
        + "."
        + (address[first + 3] & 0xFF);
  }

  private static String grouped(byte[] address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (address[2 * i] & 0xFF) << 8 | (address[2 * i + 1] & 0xFF);
    }
    int zeros = longestZeros(groups);
    int zerosEnd = zeros < 0 ? -1 : zerosEnd(groups, zeros);
    boolean embedded = embedsIpv4(groups, zeros, zerosEnd);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i >= zeros && i < zerosEnd) {
        text.append(i == zeros ? ":" : "");
        continue;
      }
      text.append(i == 0 ? "" : ":");
      if (i == 6 && embedded) {
        return text.append(dotted(address, 12)).toString();
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return zerosEnd == GROUPS ? text.append(':').toString() : text.toString();
  }

  /**
   * Where the first of the longest runs of at least two zeros starts; negative if there is none.
   */
  private static int longestZeros(int[] groups) {
    int best = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i = Math.max(i + 1, zerosEnd(groups, i))) {
      int length = zerosEnd(groups, i) - i;
      if (length > longest) {
        best = i;
        longest = length;
      }
    }
    return best;
  }

  private static int zerosEnd(int[] groups, int start) {
    int end = start;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end;
  }

  /** As the server decides it: ::1.2.3.4 but ::1, and ::ffff:1.2.3.4. */
  private static boolean embedsIpv4(int[] groups, int zeros, int zerosEnd) {
    return zeros == 0
        && (zerosEnd == 6
            || (zerosEnd == 7 && groups[7] != 1)
            || (zerosEnd == 5 && groups[5] == 0xFFFF));
  }

  /** Null if it is no address. More forms than the server writes are read. */
  static byte @Nullable [] parse(String text) {
    return text.indexOf(':') < 0 ? parseDotted(text) : parseGrouped(text);
  }

  private static byte @Nullable [] parseDotted(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] address = new byte[4];
    if (parts.length != 4) {
      return null;
    }
    for (int i = 0; i < 4; i++) {
      int number = number(parts[i], 10, 3);
      if (number < 0 || number > 255) {
        return null;
      }
      address[i] = (byte) number;
    }
    return address;
  }

  private static byte @Nullable [] parseGrouped(String text) {
    int lastColon = text.lastIndexOf(':');
    if (text.indexOf('.') > lastColon) {
      byte[] tail = parseDotted(text.substring(lastColon + 1));
      return tail == null
          ? null
          : parseGrouped(
              text.substring(0, lastColon + 1)
                  + Integer.toHexString((tail[0] & 0xFF) << 8 | (tail[1] & 0xFF))
                  + ":"
                  + Integer.toHexString((tail[2] & 0xFF) << 8 | (tail[3] & 0xFF)));
    }
    int gap = text.indexOf("::");
    byte[] address = new byte[2 * GROUPS];
    if (gap < 0) {
      return groups(text, address, 0) == GROUPS ? address : null;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap), address, 0);
    String behind = text.substring(gap + 2);
    int count = behind.isEmpty() ? 0 : behind.split(":", -1).length;
    if (before < 0 || before + count > GROUPS - 1) {
      return null;
    }
    return count == 0 || groups(behind, address, GROUPS - count) == count ? address : null;
  }

  /** How many there were; negative if something is none, or there are too many. */
  private static int groups(String text, byte[] address, int first) {
    String[] parts = text.split(":", -1);
    if (first + parts.length > GROUPS) {
      return -1;
    }
    for (int i = 0; i < parts.length; i++) {
      int group = number(parts[i], 16, 4);
      if (group < 0) {
        return -1;
      }
      address[2 * (first + i)] = (byte) (group >> 8);
      address[2 * (first + i) + 1] = (byte) group;
    }
    return parts.length;
  }

  private static int number(String digits, int radix, int longest) {
    if (digits.isEmpty() || digits.length() > longest) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = radix * number + digit;
    }
    return number;
  }
}
