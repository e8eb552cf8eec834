package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Asks for a line of figures about the server. */
public record ComStatistics() implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_STATISTICS;
  }

  static ComStatistics decodeBody(ByteBuf body) {
    Bodies.end(body);
    return new ComStatistics();
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code());
  }
}
