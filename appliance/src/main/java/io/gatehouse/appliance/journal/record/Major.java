package io.gatehouse.appliance.journal.record;

/** The upper three bits of a head, and the simple values: RFC 8949, sections 3.1 and 3.3. */
final class Major {
  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;

  static final byte FALSE = (byte) 0xf4;
  static final byte TRUE = (byte) 0xf5;
  static final byte NULL = (byte) 0xf6;

  private Major() {}
}
