package io.gatehouse.spi.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes as the tests write them: hexadecimal digits, and text in quotes. */
public final class Wire {
  private static final Pattern TOKEN = Pattern.compile("\\s*(?:'([^']*)'|((?:[0-9a-f]{2})+))");

  private Wire() {}

  /** From {@code 51 0000000a 'SELECT' 00} to the bytes. */
  public static byte[] bytes(String notation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher token = TOKEN.matcher(notation);
    int end = 0;
    while (token.lookingAt()) {
      String text = token.group(1);
      bytes.writeBytes(
          text != null
              ? text.getBytes(StandardCharsets.UTF_8)
              : HexFormat.of().parseHex(token.group(2)));
      end = token.end();
      token.region(end, notation.length());
    }
    if (!notation.substring(end).isBlank()) {
      throw new IllegalArgumentException("not understood: " + notation.substring(end));
    }
    return bytes.toByteArray();
  }

  /** A list of values, where {@code NULL} stands for NULL. */
  public static List<byte @Nullable []> values(String... notations) {
    List<byte @Nullable []> values = new ArrayList<>();
    for (String notation : notations) {
      values.add(notation.equals("NULL") ? null : bytes(notation));
    }
    return values;
  }

  public static ByteBuf buffer(String notation) {
    return Unpooled.wrappedBuffer(bytes(notation));
  }

  /** The bytes in the middle of a larger buffer, so that a reader that starts at 0 is found out. */
  public static ByteBuf offset(byte[] bytes) {
    ByteBuf buffer = Unpooled.buffer();
    buffer.writeBytes(new byte[] {'Q', 0, 1, 2, 3, 4, 5}).skipBytes(7);
    return buffer.writeBytes(bytes);
  }

  public static byte[] written(Consumer<ByteBuf> writer) {
    ByteBuf out = Unpooled.buffer();
    writer.accept(out);
    return ByteBufUtil.getBytes(out);
  }
}
