package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/**
 * A statement is prepared; the definitions of its parameters and of its columns follow.
 *
 * @param statement the server's number for it, on this connection
 */
public record PrepareOk(int statement, int columns, int parameters, int warnings)
    implements BackendMessage {

  private static final int HEADER = 0x00;

  public static PrepareOk decode(ByteBuf body) {
    Fields.expect(body, HEADER, "a prepared statement");
    int statement = Fields.int32(body);
    int columns = Fields.int16(body);
    int parameters = Fields.int16(body);
    Fields.zeros(body, 1);
    PrepareOk message = new PrepareOk(statement, columns, parameters, Fields.int16(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(HEADER).writeIntLE(statement);
    out.writeShortLE(columns).writeShortLE(parameters).writeByte(0).writeShortLE(warnings);
  }
}
