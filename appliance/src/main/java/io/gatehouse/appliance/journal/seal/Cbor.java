package io.gatehouse.appliance.journal.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes deterministic CBOR, RFC 8949 section 4.2.1, as far as payloads in clear text need it. */
final class Cbor {
  private static final int TEXT = 3 << 5;
  private static final int ARRAY = 4 << 5;
  private static final int MAP = 5 << 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Cbor number(long value) {
    return head(0, value);
  }

  Cbor text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    head(TEXT, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  Cbor array(int size) {
    return head(ARRAY, size);
  }

  Cbor map(int size) {
    return head(MAP, size);
  }

  Cbor truth(boolean value) {
    out.write(value ? 0xf5 : 0xf4);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private Cbor head(int type, long argument) {
    if (argument < 0) {
      throw new IllegalArgumentException("a count or a sequence is not negative: " + argument);
    }
    if (argument < 24) {
      out.write(type | (int) argument);
    } else if (argument < 1 << 8) {
      write(type | 24, argument, 1);
    } else if (argument < 1 << 16) {
      write(type | 25, argument, 2);
    } else if (argument < 1L << 32) {
      write(type | 26, argument, 4);
    } else {
      write(type | 27, argument, 8);
    }
    return this;
  }

  private void write(int first, long argument, int length) {
    out.write(first);
    byte[] whole = ByteBuffer.allocate(Long.BYTES).putLong(argument).array();
    out.write(whole, Long.BYTES - length, length);
  }
}
