package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/**
 * Runs a portal.
 *
 * @param portal the one to run, empty for the unnamed
 * @param maxRows suspend after as many rows, 0 for all of them
 */
public record Execute(String portal, int maxRows) implements FrontendMessage {

  public Execute {
    Bodies.checkTerminated(portal);
  }

  static Execute decode(ByteBuf body) {
    Execute message = new Execute(Fields.string(body), Fields.int32(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.EXECUTE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeString(out, portal);
    out.writeInt(maxRows);
  }
}
