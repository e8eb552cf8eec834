package io.gatehouse.mysql.value;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The character sets whose texts are read; others stay bytes. */
enum TextEncoding {
  UTF8MB4(StandardCharsets.UTF_8, 4),
  /** Without the characters that take four bytes. */
  UTF8MB3(StandardCharsets.UTF_8, 3),
  /** It is Windows' code page, with characters in the five places that this leaves open. */
  LATIN1(Charset.forName("windows-1252"), 1),
  ASCII(StandardCharsets.US_ASCII, 1);

  /** The places that Windows' code page leaves open, as bits from 0x80. */
  private static final int OPEN = 1 << 0x01 | 1 << 0x0D | 1 << 0x0F | 1 << 0x10 | 1 << 0x1D;

  private final Charset charset;
  private final int most;

  TextEncoding(Charset charset, int most) {
    this.charset = charset;
    this.most = most;
  }

  /** Bytes that a character takes at the most. */
  int most() {
    return most;
  }

  /** Null if they are no text of this character set. */
  @Nullable String decode(byte[] bytes) {
    if (this == LATIN1) {
      return latin1(bytes);
    }
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return fits(text) ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String latin1(byte[] bytes) {
    char[] text = new String(bytes, LATIN1.charset).toCharArray();
    for (int i = 0; i < bytes.length; i++) {
      if (open(bytes[i] & 0xFF)) {
        text[i] = (char) (bytes[i] & 0xFF);
      }
    }
    return new String(text);
  }

  private static boolean open(int code) {
    return code >= 0x80 && code < 0xA0 && (OPEN >> (code - 0x80) & 1) != 0;
  }

  /** Null if this character set has not all of the text's characters. */
  byte @Nullable [] encode(String text) {
    if (!fits(text)) {
      return null;
    }
    if (this == LATIN1 && text.chars().anyMatch(TextEncoding::open)) {
      return eachOf(text);
    }
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static byte @Nullable [] eachOf(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char one = text.charAt(i);
      byte[] encoded = open(one) ? new byte[] {(byte) one} : LATIN1.encode(String.valueOf(one));
      if (encoded == null) {
        return null;
      }
      bytes[i] = encoded[0];
    }
    return bytes;
  }

  private boolean fits(String text) {
    return this != UTF8MB3 || text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }
}
