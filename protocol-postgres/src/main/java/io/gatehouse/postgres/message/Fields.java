package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocol's field types, read with every bound checked and written as they are read. */
final class Fields {
  private Fields() {}

  static byte int8(ByteBuf body) {
    Bodies.need(body, 1);
    return body.readByte();
  }

  static int int16(ByteBuf body) {
    Bodies.need(body, 2);
    return body.readShort();
  }

  static int int32(ByteBuf body) {
    Bodies.need(body, 4);
    return body.readInt();
  }

  /** A count of items that take at least {@code each} bytes. The server reads it unsigned. */
  static int count16(ByteBuf body, int each) {
    Bodies.need(body, 2);
    int count = body.readUnsignedShort();
    Bodies.need(body, count * each);
    return count;
  }

  /** As {@link #count16}, in four bytes. */
  static int count32(ByteBuf body, int each) {
    int count = int32(body);
    if (count < 0 || (long) count * each > body.readableBytes()) {
      throw new ProtocolException("message announces more items than it holds");
    }
    return count;
  }

  /** A length and as many bytes, or -1 for NULL. */
  static byte @Nullable [] value(ByteBuf body) {
    int length = int32(body);
    if (length == -1) {
      return null;
    }
    return Bodies.bytes(body, length);
  }

  /** A client's string. */
  static String string(ByteBuf body) {
    byte[] bytes = Bodies.terminated(body);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolException("string is not UTF-8; set client_encoding to UTF8");
    }
  }

  /** A server's string: an error before the start-up ends comes in the server's own encoding. */
  static String lenientString(ByteBuf body) {
    return new String(Bodies.terminated(body), StandardCharsets.UTF_8);
  }

  static int[] int16s(ByteBuf body) {
    int[] values = new int[count16(body, 2)];
    for (int i = 0; i < values.length; i++) {
      values[i] = body.readShort();
    }
    return values;
  }

  static int[] int32s(ByteBuf body) {
    int[] values = new int[count16(body, 4)];
    for (int i = 0; i < values.length; i++) {
      values[i] = body.readInt();
    }
    return values;
  }

  static List<byte @Nullable []> values(ByteBuf body) {
    int count = count16(body, 4);
    List<byte @Nullable []> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(body));
    }
    return Collections.unmodifiableList(values);
  }

  static void writeString(ByteBuf out, String string) {
    out.writeCharSequence(string, StandardCharsets.UTF_8);
    out.writeByte(0);
  }

  static void writeValue(ByteBuf out, byte @Nullable [] value) {
    if (value == null) {
      out.writeInt(-1);
    } else {
      out.writeInt(value.length);
      out.writeBytes(value);
    }
  }

  static void writeValues(ByteBuf out, List<byte @Nullable []> values) {
    out.writeShort(values.size());
    for (byte[] value : values) {
      writeValue(out, value);
    }
  }

  static void writeInt16s(ByteBuf out, int[] values) {
    out.writeShort(values.length);
    for (int value : values) {
      out.writeShort(value);
    }
  }

  static void writeInt32s(ByteBuf out, int[] values) {
    out.writeShort(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  static void checkCount16(int count) {
    if (count > 0xFFFF) {
      throw new ProtocolException("more than 65535 items in one message");
    }
  }

  static List<byte @Nullable []> copyOfValues(List<byte @Nullable []> values) {
    checkCount16(values.size());
    return Bodies.copyOfValues(values);
  }

  static ProtocolException unknownType(String sender, byte type) {
    return new ProtocolException(
        "the " + sender + " sent a message of unknown type " + (type & 0xFF));
  }
}
