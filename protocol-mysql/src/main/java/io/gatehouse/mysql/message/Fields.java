package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's basic types (MySQL, "Protocol Basics"), read with every bound checked and written
 * as they are read. Numbers are little-endian.
 */
final class Fields {
  static final int NULL_BYTE = 0xFB;
  private static final int TWO_BYTES = 0xFC;
  private static final int THREE_BYTES = 0xFD;
  private static final int EIGHT_BYTES = 0xFE;

  private Fields() {}

  static int int8(ByteBuf body) {
    Bodies.need(body, 1);
    return body.readUnsignedByte();
  }

  static int int16(ByteBuf body) {
    Bodies.need(body, 2);
    return body.readUnsignedShortLE();
  }

  static int int32(ByteBuf body) {
    Bodies.need(body, 4);
    return body.readIntLE();
  }

  /** A length-encoded integer. */
  static long lenenc(ByteBuf body) {
    int first = int8(body);
    return switch (first) {
      case TWO_BYTES -> int16(body);
      case THREE_BYTES -> {
        Bodies.need(body, 3);
        yield body.readUnsignedMediumLE();
      }
      case EIGHT_BYTES -> {
        Bodies.need(body, 8);
        yield body.readLongLE();
      }
      case NULL_BYTE, 0xFF -> throw new ProtocolException("not a length-encoded integer");
      default -> first;
    };
  }

  /** A length-encoded count of items that take at least {@code each} bytes. */
  static int count(ByteBuf body, int each) {
    long count = lenenc(body);
    if (count < 0 || count > body.readableBytes() / Math.max(1, each)) {
      throw new ProtocolException("message announces more items than it holds");
    }
    return (int) count;
  }

  /** A length-encoded string of bytes. */
  static byte[] lenencBytes(ByteBuf body) {
    long length = lenenc(body);
    if (length < 0 || length > body.readableBytes()) {
      throw new ProtocolException("message ends inside a field");
    }
    return Bodies.bytes(body, (int) length);
  }

  /** The same in a row, where it may be NULL. */
  static byte @Nullable [] value(ByteBuf body) {
    Bodies.need(body, 1);
    if (body.getUnsignedByte(body.readerIndex()) == NULL_BYTE) {
      body.skipBytes(1);
      return null;
    }
    return lenencBytes(body);
  }

  /** A client's text: a name, in the character set that all drivers log in with. */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolException("a name is not UTF-8; connect with utf8mb4");
    }
  }

  /** A server's text. */
  static String lenient(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static void zeros(ByteBuf body, int count) {
    Bodies.need(body, count);
    for (int i = 0; i < count; i++) {
      if (body.readByte() != 0) {
        throw new ProtocolException("bytes that are reserved are not zero");
      }
    }
  }

  static void expect(ByteBuf body, int header, String what) {
    if (int8(body) != header) {
      throw new ProtocolException("expected " + what);
    }
  }

  static void writeLenenc(ByteBuf out, long value) {
    if (value >= 0 && value < NULL_BYTE) {
      out.writeByte((int) value);
    } else if (value >= 0 && value <= 0xFFFF) {
      out.writeByte(TWO_BYTES).writeShortLE((int) value);
    } else if (value >= 0 && value <= 0xFF_FFFF) {
      out.writeByte(THREE_BYTES).writeMediumLE((int) value);
    } else {
      out.writeByte(EIGHT_BYTES).writeLongLE(value);
    }
  }

  static void writeLenenc(ByteBuf out, byte[] bytes) {
    writeLenenc(out, bytes.length);
    out.writeBytes(bytes);
  }

  static void writeLenenc(ByteBuf out, String text) {
    writeLenenc(out, utf8(text));
  }

  static void writeValue(ByteBuf out, byte @Nullable [] value) {
    if (value == null) {
      out.writeByte(NULL_BYTE);
    } else {
      writeLenenc(out, value);
    }
  }

  static void writeTerminated(ByteBuf out, String text) {
    out.writeBytes(utf8(text)).writeByte(0);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
