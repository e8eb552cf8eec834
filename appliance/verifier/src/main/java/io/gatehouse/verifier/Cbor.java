package io.gatehouse.verifier;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of CBOR (RFC 8949) as the payloads in clear text use, for payloads that may be anything.
 */
final class Cbor {
  private static final int DEEPEST = 8;
  private final ByteBuffer bytes;

  private Cbor(byte[] payload) {
    this.bytes = ByteBuffer.wrap(payload);
  }

  /** A map with small numbers as keys; null if it is anything else. */
  static @Nullable Map<?, ?> map(byte[] payload) {
    Cbor cbor = new Cbor(payload);
    try {
      Object read = cbor.item(0);
      return read instanceof Map<?, ?> map && !cbor.bytes.hasRemaining() ? map : null;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  private Object item(int depth) {
    int first = bytes.get() & 0xff;
    long argument = argument(first & 31);
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("nested too deep");
    }
    return switch (first >> 5) {
      case 0 -> argument;
      case 1 -> -1 - argument;
      case 2 -> take(argument);
      case 3 -> new String(take(argument), StandardCharsets.UTF_8);
      case 4 -> array(argument, depth);
      case 5 -> pairs(argument, depth);
      default -> simple(first);
    };
  }

  private static Boolean simple(int first) {
    if (first != 0xf4 && first != 0xf5) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return first == 0xf5;
  }

  private long argument(int low) {
    return switch (low) {
      case 24 -> bytes.get() & 0xffL;
      case 25 -> bytes.getShort() & 0xffffL;
      case 26 -> bytes.getInt() & 0xffff_ffffL;
      case 27 -> bytes.getLong();
      case 28, 29, 30, 31 -> throw new IllegalArgumentException("of no definite length");
      default -> low;
    };
  }

  private byte[] take(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] taken = new byte[(int) length];
    bytes.get(taken);
    return taken;
  }

  private List<Object> array(long length, int depth) {
    List<Object> items = new ArrayList<>();
    for (long i = 0; i != length; i++) {
      items.add(item(depth + 1));
    }
    return items;
  }

  private Map<Object, Object> pairs(long length, int depth) {
    Map<Object, Object> pairs = new HashMap<>();
    for (long i = 0; i != length; i++) {
      Object key = item(depth + 1);
      pairs.put(key, item(depth + 1));
    }
    return pairs;
  }
}
