package io.gatehouse.appliance.journal.record;

import io.gatehouse.spi.Binds;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes records into an array of its own, which it keeps for the next one. Heads are in their
 * shortest form, lengths are definite, keys grow: RFC 8949, section 4.2.1. One thread.
 */
public final class CborWriter implements Binds.Raw {
  private static final int ONE_BYTE = 24;
  private static final int TWO_BYTES = 25;
  private static final int FOUR_BYTES = 26;
  private static final int EIGHT_BYTES = 27;

  /** What an unusually long record leaves behind is let go of. */
  private static final int KEPT = 1 << 20;

  private static final int FIRST = 1024;

  /** Of each array around the next value, how many values are missing. */
  private final int[] missing = new int[8];

  private byte[] array = new byte[FIRST];
  private int length;
  private int depth;

  /** The key of the next field. */
  private int key;

  /** Begins a record: a map, with the number of each field as its key. */
  void begin(Kind kind) {
    if (array.length > KEPT) {
      array = new byte[FIRST];
    }
    length = 0;
    depth = 0;
    key = 0;
    head(Major.MAP, kind.fields().size());
  }

  /** Begins fields that are put into records later; the first of them has this key. */
  void fragment(int firstKey) {
    length = 0;
    depth = 0;
    key = firstKey;
  }

  /** Fields that were written as a fragment. */
  void fields(byte[] fragment, int count) {
    room(fragment.length);
    System.arraycopy(fragment, 0, array, length, fragment.length);
    length += fragment.length;
    key += count;
  }

  void end(Kind kind) {
    if (key != kind.fields().size() || depth != 0) {
      throw new IllegalStateException(kind + " with other fields than it has");
    }
  }

  /** The record, in the first {@link #length} bytes, until the next one begins. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  CborWriter number(long value) {
    before();
    head(value >= 0 ? Major.UNSIGNED : Major.NEGATIVE, value >= 0 ? value : -1 - value);
    return after();
  }

  CborWriter flag(boolean value) {
    return simple(value ? Major.TRUE : Major.FALSE);
  }

  CborWriter nothing() {
    return simple(Major.NULL);
  }

  private CborWriter simple(byte value) {
    before();
    room(1);
    array[length++] = value;
    return after();
  }

  CborWriter text(@Nullable String value) {
    if (value == null) {
      return nothing();
    }
    before();
    if (ascii(value)) {
      head(Major.TEXT, value.length());
      room(value.length());
      for (int i = 0; i < value.length(); i++) {
        array[length++] = (byte) value.charAt(i);
      }
    } else {
      string(Major.TEXT, value.getBytes(StandardCharsets.UTF_8));
    }
    return after();
  }

  private static boolean ascii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  CborWriter bytes(byte[] value) {
    before();
    string(Major.BYTES, value);
    return after();
  }

  /** What is readable of a buffer, whose indices stay. */
  CborWriter bytes(ByteBuf value) {
    value(value, value.readerIndex(), value.readableBytes());
    return this;
  }

  @Override
  public void value(ByteBuf in, int from, int count) {
    if (count < 0) {
      nothing();
      return;
    }
    before();
    head(Major.BYTES, count);
    room(count);
    in.getBytes(from, array, length, count);
    length += count;
    after();
  }

  CborWriter texts(Collection<String> values) {
    array(values.size());
    values.forEach(this::text);
    return this;
  }

  /** So many values follow, which are no fields. */
  CborWriter array(int count) {
    before();
    head(Major.ARRAY, count);
    if (count > 0) {
      missing[depth++] = count;
      return this;
    }
    return after();
  }

  private void before() {
    if (depth > 0) {
      missing[depth - 1]--;
    } else {
      head(Major.UNSIGNED, key++);
    }
  }

  private CborWriter after() {
    while (depth > 0 && missing[depth - 1] == 0) {
      depth--;
    }
    return this;
  }

  private void string(int major, byte[] bytes) {
    head(major, bytes.length);
    room(bytes.length);
    System.arraycopy(bytes, 0, array, length, bytes.length);
    length += bytes.length;
  }

  private void head(int major, long value) {
    room(9);
    if (value < ONE_BYTE) {
      array[length++] = (byte) (major << 5 | (int) value);
    } else if (value <= 0xffL) {
      head(major, ONE_BYTE, value, 1);
    } else if (value <= 0xffffL) {
      head(major, TWO_BYTES, value, 2);
    } else if (value <= 0xffff_ffffL) {
      head(major, FOUR_BYTES, value, 4);
    } else {
      head(major, EIGHT_BYTES, value, 8);
    }
  }

  private void head(int major, int size, long value, int count) {
    array[length++] = (byte) (major << 5 | size);
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      array[length++] = (byte) (value >>> shift);
    }
  }

  private void room(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
    }
  }
}
