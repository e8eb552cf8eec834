package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Is anybody there? */
public record ComPing() implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_PING;
  }

  static ComPing decodeBody(ByteBuf body) {
    Bodies.end(body);
    return new ComPing();
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code());
  }
}
