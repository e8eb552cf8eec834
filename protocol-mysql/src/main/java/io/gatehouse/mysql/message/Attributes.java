package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client says of itself and its program; nobody checks it. */
final class Attributes {
  private Attributes() {}

  static Map<String, String> decode(ByteBuf body) {
    ByteBuf block = Unpooled.wrappedBuffer(Fields.lenencBytes(body));
    Map<String, String> attributes = new LinkedHashMap<>();
    while (block.isReadable()) {
      String name = Fields.text(Fields.lenencBytes(block));
      String value = Fields.text(Fields.lenencBytes(block));
      if (attributes.put(name, value) != null) {
        throw new ProtocolException("a connection attribute comes twice");
      }
    }
    return attributes;
  }

  static void encode(ByteBuf out, Map<String, String> attributes) {
    ByteBuf block = Unpooled.buffer();
    attributes.forEach(
        (name, value) -> {
          Fields.writeLenenc(block, name);
          Fields.writeLenenc(block, value);
        });
    Fields.writeLenenc(out, block.readableBytes());
    out.writeBytes(block);
  }
}
