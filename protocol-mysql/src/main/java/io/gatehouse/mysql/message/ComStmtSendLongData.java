package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of a value for the next {@link ComStmtExecute}; never answered.
 *
 * @param parameter from 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ComStmtSendLongData(int statement, int parameter, byte[] data) implements Command {

  public ComStmtSendLongData {
    parameter &= 0xFFFF;
  }

  @Override
  public CommandType type() {
    return CommandType.COM_STMT_SEND_LONG_DATA;
  }

  static ComStmtSendLongData decodeBody(ByteBuf body) {
    return new ComStmtSendLongData(Fields.int32(body), Fields.int16(body), Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code()).writeIntLE(statement).writeShortLE(parameter).writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComStmtSendLongData that
        && statement == that.statement
        && parameter == that.parameter
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * statement + parameter) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "ComStmtSendLongData[" + statement + ", " + parameter + ", " + data.length + " bytes]";
  }
}
