package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Destroys a prepared statement or a portal. */
public record Close(Kind kind, String name) implements FrontendMessage {

  public Close {
    Bodies.checkTerminated(name);
  }

  static Close decode(ByteBuf body) {
    Close message = new Close(Kind.decode(body), Fields.string(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.CLOSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeByte(kind.code());
    Fields.writeString(out, name);
  }
}
