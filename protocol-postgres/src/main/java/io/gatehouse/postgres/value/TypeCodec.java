package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the codecs share: opaque where a form is not understood, refusal where it cannot be made.
 */
abstract class TypeCodec implements ValueCodec {
  private final int oid;
  private final String name;

  TypeCodec(int oid, String name) {
    this.oid = oid;
    this.name = name;
  }

  /** Null if it is not understood. */
  abstract @Nullable Value decodeText(ByteBuf field);

  /** Null if it is not understood. */
  abstract @Nullable Value decodeBinary(ByteBuf field);

  /** False, and nothing written, if the type cannot hold it. */
  abstract boolean encodeText(Value value, ByteBuf out);

  /** False, and nothing written, if the type cannot hold it. */
  abstract boolean encodeBinary(Value value, ByteBuf out);

  @Override
  public final Value decode(ByteBuf field, boolean binary) {
    int start = field.readerIndex();
    int end = field.writerIndex();
    Value value = binary ? decodeBinary(field) : decodeText(field);
    field.readerIndex(end);
    return value != null ? value : opaque(field, start, end);
  }

  @Override
  public final void encode(Value value, boolean binary, ByteBuf out) {
    if (!(binary ? encodeBinary(value, out) : encodeText(value, out))) {
      throw new Unencodable(
          "type "
              + name
              + " has no "
              + (binary ? "binary" : "text")
              + " form for this "
              + value.getClass().getSimpleName());
    }
  }

  private Value opaque(ByteBuf field, int start, int end) {
    byte[] wire = new byte[end - start];
    field.getBytes(start, wire);
    return new Value.Opaque(Integer.toUnsignedString(oid), wire);
  }

  /** A short ASCII form with the white space that the server's input functions skip cut off. */
  static @Nullable String ascii(ByteBuf field, int longest) {
    int length = field.readableBytes();
    if (length > longest) {
      return null;
    }
    return text(field, StandardCharsets.US_ASCII).strip();
  }

  static boolean writeAscii(ByteBuf out, String text) {
    out.writeCharSequence(text, StandardCharsets.US_ASCII);
    return true;
  }

  /** Null if it is not UTF-8. */
  static @Nullable String utf8(ByteBuf field) {
    int start = field.readerIndex();
    int length = field.readableBytes();
    if (!ByteBufUtil.isText(field, start, length, StandardCharsets.UTF_8)) {
      return null;
    }
    return text(field, StandardCharsets.UTF_8);
  }

  /**
   * What the field holds. Not by ByteBuf's toString: for direct memory it goes through an array
   * that its thread keeps, and the last value would stay there after its session.
   */
  static String text(ByteBuf field, Charset charset) {
    byte[] bytes = new byte[field.readableBytes()];
    field.getBytes(field.readerIndex(), bytes);
    return new String(bytes, charset);
  }

  /** No type of the server holds a zero character, and half a surrogate pair has no UTF-8. */
  static boolean writable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)
          && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
        return false;
      }
    }
    return true;
  }

  static boolean writeUtf8(ByteBuf out, String text) {
    if (!writable(text)) {
      return false;
    }
    out.writeCharSequence(text, StandardCharsets.UTF_8);
    return true;
  }
}
