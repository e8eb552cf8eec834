package io.gatehouse.appliance.detection;

import java.nio.ByteBuffer;

/**
 * Looks through arrays and rows in the binary format, each element and each field by itself: the
 * length in front of one may read as a letter or a digit, and would hide what begins behind it. No
 * text has zero bytes, with which both begin, so that no text is taken for one.
 */
final class WireParts {
  /** array_send in arrayfuncs.c: dimensions, flags, the elements' type; then each dimension. */
  private static final int ARRAY_HEADER = 12;

  private static final int DIMENSION = 8;
  // MAXDIM
  private static final int MOST_DIMENSIONS = 6;

  /** record_send in rowtypes.c: how many, then for each its type and its length. */
  private static final int ROW_HEADER = 4;

  private static final int TYPE = 4;
  // MaxTupleAttributeNumber
  private static final int MOST_FIELDS = 1664;

  /** What is deeper is looked through as it stands. */
  private static final int DEEPEST = 16;

  private final byte[] bytes;
  private final ByteBuffer numbers;
  private final Look look;
  private boolean found;

  private WireParts(byte[] bytes, Look look) {
    this.bytes = bytes;
    this.numbers = ByteBuffer.wrap(bytes);
    this.look = look;
  }

  /** Whether anything of it is to be hidden. */
  static boolean search(byte[] bytes, Look look) {
    WireParts parts = new WireParts(bytes, look);
    parts.part(0, bytes.length, 0);
    return parts.found;
  }

  private void part(int from, int to, int depth) {
    if (depth < DEEPEST && row(from, to, depth, false)) {
      row(from, to, depth, true);
    } else if (depth < DEEPEST && array(from, to, depth, false)) {
      array(from, to, depth, true);
    } else {
      found |= !look.at(bytes, from, to).isEmpty();
    }
  }

  private boolean row(int from, int to, int depth, boolean looks) {
    int fields = to - from < ROW_HEADER ? 0 : numbers.getInt(from);
    return fields > 0
        && fields <= MOST_FIELDS
        && fields(from + ROW_HEADER, to, fields, TYPE, depth, looks);
  }

  private boolean array(int from, int to, int depth, boolean looks) {
    if (to - from < ARRAY_HEADER) {
      return false;
    }
    int dimensions = numbers.getInt(from);
    int flags = numbers.getInt(from + 4);
    int first = from + ARRAY_HEADER + dimensions * DIMENSION;
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS || (flags & ~1) != 0 || first > to) {
      return false;
    }
    long count = 1;
    for (int i = 0; i < dimensions; i++) {
      int size = numbers.getInt(from + ARRAY_HEADER + i * DIMENSION);
      count = size < 0 ? -1 : count * size;
      // each element has its length at least
      if (count < 0 || count > (to - first) / 4) {
        return false;
      }
    }
    return fields(first, to, (int) count, 0, depth, looks);
  }

  /** Whether there are so many, and nothing behind them. */
  private boolean fields(int from, int to, int count, int skipped, int depth, boolean looks) {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (to - at < skipped + 4) {
        return false;
      }
      int length = numbers.getInt(at + skipped);
      at += skipped + 4;
      if (length < -1 || length > to - at) {
        return false;
      }
      if (length > 0) {
        if (looks) {
          part(at, at + length, depth + 1);
        }
        at += length;
      }
    }
    return at == to;
  }
}
