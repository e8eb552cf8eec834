package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the codecs share: opaque where a form is not understood, refusal where it cannot be made.
 */
abstract class TypeCodec implements ValueCodec {
  private final String name;

  TypeCodec(String name) {
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
    return value != null ? value : new Value.Opaque(name, bytes(field, start, end - start));
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

  static byte[] bytes(ByteBuf field, int start, int length) {
    byte[] bytes = new byte[length];
    field.getBytes(start, bytes);
    return bytes;
  }

  static byte[] bytes(ByteBuf field) {
    return bytes(field, field.readerIndex(), field.readableBytes());
  }

  /** A short form, which is ASCII for whatever is no text; null if it is longer. */
  static @Nullable String ascii(ByteBuf field, int longest) {
    return field.readableBytes() > longest ? null : text(field, StandardCharsets.US_ASCII);
  }

  /**
   * What the field holds. Not by ByteBuf's toString: for direct memory it goes through an array
   * that its thread keeps, and the last value would stay there after its session.
   */
  static String text(ByteBuf field, Charset charset) {
    return new String(bytes(field), charset);
  }

  static boolean writeAscii(ByteBuf out, String text) {
    out.writeCharSequence(text, StandardCharsets.US_ASCII);
    return true;
  }
}
