package io.gatehouse.spi.login;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Secret bytes that never become a String by accident and can be wiped. Not thread-safe. */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes ownership of the array. */
  public static Secret of(byte[] bytes) {
    return new Secret(bytes);
  }

  @SuppressWarnings("ByteBufferBackingArray") // the charset allocated it: all of it is to be wiped
  public static Secret of(char[] characters) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Arrays.fill(encoded.array(), (byte) 0);
    return new Secret(bytes);
  }

  /** The secret itself, not a copy: do not keep it. */
  public byte[] bytes() {
    return bytes;
  }

  /** The caller wipes the array. */
  public char[] characters() {
    try {
      CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      char[] characters = new char[decoded.remaining()];
      decoded.get(characters);
      Arrays.fill(decoded.array(), '\0');
      return characters;
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("the secret is not UTF-8 text", e);
    }
  }

  public Secret copy() {
    return new Secret(bytes.clone());
  }

  /** Wipes it. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "Secret[redacted]";
  }
}
