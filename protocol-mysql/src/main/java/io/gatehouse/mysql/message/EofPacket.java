package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/**
 * The end of a part of an answer, without DEPRECATE_EOF.
 *
 * @param status bits of {@link ServerStatus}
 */
public record EofPacket(int warnings, int status) implements BackendMessage {
  public static final int HEADER = 0xFE;

  /** A row may begin with the same byte, but then it is far longer. */
  public static final int BYTES = 5;

  public static EofPacket decode(ByteBuf body) {
    Fields.expect(body, HEADER, "the end of a part");
    EofPacket message = new EofPacket(Fields.int16(body), Fields.int16(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(HEADER).writeShortLE(warnings).writeShortLE(status);
  }
}
