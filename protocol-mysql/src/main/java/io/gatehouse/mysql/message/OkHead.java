package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What begins every {@link OkPacket}, whatever was agreed on: of what follows, nobody can say what
 * it is who does not know that.
 *
 * @param affectedRows unsigned
 */
public record OkHead(long affectedRows, int status, int warnings) {

  public static OkHead decode(ByteBuf body) {
    int header = Fields.int8(body);
    if (header != OkPacket.OK && header != OkPacket.END_OF_ROWS) {
      throw new ProtocolException("expected an OK");
    }
    long affected = Fields.lenenc(body);
    Fields.lenenc(body);
    return new OkHead(affected, Fields.int16(body), Fields.int16(body));
  }

  public static boolean fits(byte[] payload) {
    try {
      decode(Unpooled.wrappedBuffer(payload));
      return true;
    } catch (ProtocolException e) {
      return false;
    }
  }
}
