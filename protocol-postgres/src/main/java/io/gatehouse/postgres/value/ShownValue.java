package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A value for people: as the server would write it, or its bytes. */
public final class ShownValue {
  private ShownValue() {}

  public static String of(byte[] value, int typeOid, boolean binary) {
    if (!binary) {
      return of(value);
    }
    ValueCodec codec = ValueCodecs.of(typeOid);
    Value decoded = codec.decode(Unpooled.wrappedBuffer(value), true);
    if (decoded instanceof Value.Opaque) {
      return hex(value);
    }
    ByteBuf text = Unpooled.buffer();
    try {
      codec.encode(decoded, false, text);
      return text.toString(StandardCharsets.UTF_8);
    } catch (ValueCodec.Unencodable e) {
      return hex(value);
    }
  }

  /** Of a type that nobody knows. */
  public static String of(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return hex(value);
    }
  }

  private static String hex(byte[] value) {
    return "\\x" + HexFormat.of().formatHex(value);
  }
}
