package io.gatehouse.appliance.sql.coverage;

import java.nio.charset.StandardCharsets;

/** A text's places in characters and in bytes of UTF-8. */
final class Bytes {
  private final byte[] all;
  private final int[] places;

  Bytes(String text) {
    all = text.getBytes(StandardCharsets.UTF_8);
    places = new int[text.length() + 1];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair counts for two of its four bytes.
      int size = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      places[i + 1] = places[i] + size;
    }
  }

  /** Where in the bytes a place in the characters is. */
  int at(int place) {
    return places[place];
  }

  /** What stands between two places in the bytes; empty if they are the wrong way round. */
  String text(int from, int to) {
    return from > to ? "" : new String(all, from, to - from, StandardCharsets.UTF_8);
  }
}
