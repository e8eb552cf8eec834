package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Forgets a prepared statement; never answered. */
public record ComStmtClose(int statement) implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_STMT_CLOSE;
  }

  static ComStmtClose decodeBody(ByteBuf body) {
    ComStmtClose message = new ComStmtClose(Fields.int32(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code()).writeIntLE(statement);
  }
}
