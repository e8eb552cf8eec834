package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Prepares one statement.
 *
 * @param text in the session's character set
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ComStmtPrepare(byte[] text) implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_STMT_PREPARE;
  }

  static ComStmtPrepare decodeBody(ByteBuf body) {
    return new ComStmtPrepare(Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code()).writeBytes(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComStmtPrepare that && Arrays.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(text);
  }

  @Override
  public String toString() {
    return "ComStmtPrepare[" + text.length + " bytes]";
  }
}
