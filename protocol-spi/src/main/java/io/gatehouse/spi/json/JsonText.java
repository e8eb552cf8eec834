package io.gatehouse.spi.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** A JSON text: its bytes as they came, and where its values are in them. Immutable. */
public final class JsonText {
  private final byte[] bytes;
  private final JsonTape tape;

  JsonText(byte[] bytes, JsonTape tape) {
    this.bytes = bytes;
    this.tape = tape;
  }

  /**
   * Reads all of these bytes.
   *
   * @param utf8 kept, and not to be changed any more
   */
  public static JsonText read(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
    return new JsonText(utf8, new JsonReader(utf8, limits).read());
  }

  /** Reads a copy of what is readable; the buffer stays as it is, and the caller's. */
  public static JsonText read(ByteBuf utf8, JsonLimits limits) throws MalformedJsonException {
    if (utf8.readableBytes() > limits.bytes()) {
      throw new MalformedJsonException(JsonFault.TOO_MANY_BYTES, 0);
    }
    return read(ByteBufUtil.getBytes(utf8), limits);
  }

  public JsonValue root() {
    return new JsonValue(this, 0);
  }

  /** The bytes as they came; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  JsonTape tape() {
    return tape;
  }

  /** Says nothing of the content, which may be protected. */
  @Override
  public String toString() {
    return "JSON of " + bytes.length + " bytes";
  }
}
