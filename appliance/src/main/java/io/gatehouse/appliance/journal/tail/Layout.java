package io.gatehouse.appliance.journal.tail;

/** Where things are in an entry and in the file around it, in bytes. */
final class Layout {
  static final int SUM = 4;
  static final int HEAD = 96;
  static final int TAG = 16;
  static final int MOST_PAYLOAD = 1 << 20;
  static final int LEAST_ENTRY = SUM + HEAD;
  static final int MOST_ENTRY = SUM + HEAD + MOST_PAYLOAD + TAG;

  static final byte VERSION = 1;
  static final int KIND = 1;
  static final int RETENTION_CLASS = 2;
  static final int LENGTH = 4;
  static final int SEQUENCE = 8;
  static final int WALL_CLOCK = 16;
  static final int MONOTONIC_CLOCK = 24;
  static final int BOOT = 32;
  static final int SESSION = 48;
  static final int DATA_KEY = 64;
  static final int ANSWERS = 80;
  static final int NODE = 88;

  /** Before each document; each begins at a multiple of it. */
  static final int WORD = 4;

  /** The first word of a file that is being made. */
  static final int UNFINISHED = 1 << 31;

  static final int NO_ENTRY = 1 << 30;
  static final int LENGTH_BITS = NO_ENTRY - 1;

  private Layout() {}

  /** What a document takes up in a file. */
  static int documentBytes(int length) {
    return WORD + (length + WORD - 1) / WORD * WORD;
  }
}
