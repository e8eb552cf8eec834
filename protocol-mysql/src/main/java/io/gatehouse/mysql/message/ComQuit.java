package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** The client leaves. */
public record ComQuit() implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_QUIT;
  }

  static ComQuit decodeBody(ByteBuf body) {
    Bodies.end(body);
    return new ComQuit();
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code());
  }
}
