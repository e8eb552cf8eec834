package io.gatehouse.appliance.journal.record;

import java.util.List;

/** A value in a record. */
public sealed interface Datum {

  record Text(String value) implements Datum {}

  record Count(long value) implements Datum {}

  record Flag(boolean value) implements Datum {}

  /** Never changed by anybody. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] value) implements Datum {}

  record Row(List<Datum> values) implements Datum {
    public Row {
      values = List.copyOf(values);
    }
  }

  /** Nothing to say. */
  record Nothing() implements Datum {}
}
