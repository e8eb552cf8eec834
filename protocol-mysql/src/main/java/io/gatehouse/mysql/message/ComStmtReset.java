package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Forgets a prepared statement's long data and closes its cursor. */
public record ComStmtReset(int statement) implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_STMT_RESET;
  }

  static ComStmtReset decodeBody(ByteBuf body) {
    ComStmtReset message = new ComStmtReset(Fields.int32(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code()).writeIntLE(statement);
  }
}
