package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.Offsets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The first bytes of an index.
 *
 * <pre>
 *   0 "GHINDEX1"       8 segment        16 rows            20 retention classes
 *  24 terms           28 zero           32 earliest wall clock of a row
 *  40 latest          48 SHA-256 of the last row
 *  80 HMAC of all before and of what follows, but for the lists
 * 112 numbers of the classes, 4 bytes each
 *     for every 256th row but the first, of each class where its payloads stand, 8 bytes each
 *     for each term, in order: term 8, start of its list 4, rows in it 4, MAC of the list 8
 *     the lists: rows in order, 4 bytes each
 * </pre>
 *
 * @param lastRow digest of the last row that it knows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never given away
record IndexHead(
    long first, int rows, int classes, int terms, long earliest, long latest, byte[] lastRow) {
  static final int BYTES = 80;
  static final int ENTRY = 24;

  private static final long MAGIC =
      ByteBuffer.wrap("GHINDEX1".getBytes(StandardCharsets.US_ASCII)).getLong();
  private static final int DIGEST_BYTES = 32;
  private static final int MOST_CLASSES = 1 << 16;
  private static final int MOST_ROWS = 1 << 24;
  private static final int MOST_TERMS = 1 << 25;

  static Optional<IndexHead> read(ByteBuffer in) {
    ByteBuffer from = in.duplicate();
    if (from.getLong() != MAGIC) {
      return Optional.empty();
    }
    long first = from.getLong();
    int rows = from.getInt();
    int classes = from.getInt();
    int terms = from.getInt();
    from.getInt();
    long earliest = from.getLong();
    long latest = from.getLong();
    byte[] last = new byte[DIGEST_BYTES];
    from.get(last);
    IndexHead head = new IndexHead(first, rows, classes, terms, earliest, latest, last);
    boolean sane =
        between(rows, 1, MOST_ROWS)
            && between(classes, 0, MOST_CLASSES)
            && between(terms, 0, MOST_TERMS)
            && head.postingsAt() < Integer.MAX_VALUE;
    return sane ? Optional.of(head) : Optional.empty();
  }

  private static boolean between(int value, int least, int most) {
    return value >= least && value <= most;
  }

  ByteBuffer bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(MAGIC).putLong(first).putInt(rows).putInt(classes).putInt(terms).putInt(0);
    return out.putLong(earliest).putLong(latest).put(lastRow).flip();
  }

  int steps() {
    return (rows + Offsets.STEP - 1) / Offsets.STEP;
  }

  long postingsAt() {
    return BYTES
        + Terms.MAC_BYTES
        + (long) classes * Integer.BYTES
        + (steps() - 1L) * classes * Long.BYTES
        + (long) terms * ENTRY;
  }

  static byte[] digest(byte[] row) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(row);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
