package io.gatehouse.postgres.hostile;

import io.gatehouse.postgres.message.Message;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A block of rows, sent again and again, by which a long result is recognized fast. */
final class Rows {
  private static final int ROWS = 64;
  private static final int VALUE_BYTES = 1_000;

  private Rows() {}

  static byte[] block() {
    Message[] rows = new Message[ROWS];
    for (int i = 0; i < ROWS; i++) {
      rows[i] = FakeServer.row(((char) ('0' + i)) + "x".repeat(VALUE_BYTES - 1));
    }
    return Peer.encoded(rows);
  }

  /** How many blocks come before the first that differs, at most {@code blocks}. */
  static long matching(InputStream stream, long blocks) throws IOException {
    byte[] expected = block();
    byte[] got = new byte[expected.length];
    DataInputStream in = new DataInputStream(stream);
    for (long i = 0; i < blocks; i++) {
      in.readFully(got);
      if (!Arrays.equals(expected, got)) {
        return i;
      }
    }
    return blocks;
  }
}
