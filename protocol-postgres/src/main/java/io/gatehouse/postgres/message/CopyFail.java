package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** The client gives up a COPY; the server puts the reason in its error. */
public record CopyFail(String reason) implements FrontendMessage {

  public CopyFail {
    Bodies.checkTerminated(reason);
  }

  static CopyFail decode(ByteBuf body) {
    CopyFail message = new CopyFail(Fields.string(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.COPY_FAIL;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeString(out, reason);
  }
}
