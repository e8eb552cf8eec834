package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Asks what a prepared statement or a portal takes and gives. */
public record Describe(Kind kind, String name) implements FrontendMessage {

  public Describe {
    Bodies.checkTerminated(name);
  }

  static Describe decode(ByteBuf body) {
    Describe message = new Describe(Kind.decode(body), Fields.string(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.DESCRIBE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeByte(kind.code());
    Fields.writeString(out, name);
  }
}
