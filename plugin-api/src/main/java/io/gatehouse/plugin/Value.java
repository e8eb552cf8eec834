package io.gatehouse.plugin;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A field value or a bind value, free of any wire encoding. A protocol decodes into it and encodes
 * from it; rules and masks see nothing else.
 */
public sealed interface Value {

  /** SQL NULL, JSON null. */
  record Null() implements Value {}

  record Bool(boolean value) implements Value {}

  record Int(long value) implements Value {}

  /** Exact decimals. The special values that a wire may carry are {@link Special}. */
  record Decimal(BigDecimal value) implements Value {}

  record Real(double value) implements Value {}

  record Text(String value) implements Value {}

  record Json(String value) implements Value {}

  record Uuid(UUID value) implements Value {}

  record Date(LocalDate value) implements Value {}

  /** A time stamp without a zone. */
  record Timestamp(LocalDateTime value) implements Value {}

  /** An instant, with the offset the wire gave. */
  record Instant(OffsetDateTime value) implements Value {}

  /** A value of a known type that Java's types cannot hold: infinity, NaN, a date out of range. */
  record Special(String text) implements Value {}

  /** Raw bytes; the array is never shared with a wire buffer. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Bytes(byte[] value) implements Value {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Bytes[" + value.length + "]";
    }
  }

  /** A value whose type no codec knows: its wire form, which only its own protocol can read. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Opaque(String type, byte[] wire) implements Value {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Opaque that
          && type.equals(that.type)
          && Arrays.equals(wire, that.wire);
    }

    @Override
    public int hashCode() {
      return 31 * type.hashCode() + Arrays.hashCode(wire);
    }

    @Override
    public String toString() {
      return "Opaque[" + type + ", " + wire.length + " bytes]";
    }
  }

  /** The one NULL. */
  Value NULL = new Null();
}
