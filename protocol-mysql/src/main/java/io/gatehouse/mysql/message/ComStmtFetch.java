package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/**
 * More rows of a cursor.
 *
 * @param rows at the most, unsigned
 */
public record ComStmtFetch(int statement, int rows) implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_STMT_FETCH;
  }

  static ComStmtFetch decodeBody(ByteBuf body) {
    ComStmtFetch message = new ComStmtFetch(Fields.int32(body), Fields.int32(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code()).writeIntLE(statement).writeIntLE(rows);
  }
}
