package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Makes the session anew: variables, temporary tables, prepared statements. */
public record ComResetConnection() implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_RESET_CONNECTION;
  }

  static ComResetConnection decodeBody(ByteBuf body) {
    Bodies.end(body);
    return new ComResetConnection();
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code());
  }
}
