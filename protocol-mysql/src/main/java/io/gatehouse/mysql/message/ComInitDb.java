package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Another database for names without one, as USE does.
 *
 * @param schema in the session's character set
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ComInitDb(byte[] schema) implements Command {

  @Override
  public CommandType type() {
    return CommandType.COM_INIT_DB;
  }

  static ComInitDb decodeBody(ByteBuf body) {
    return new ComInitDb(Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code()).writeBytes(schema);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComInitDb that && Arrays.equals(schema, that.schema);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(schema);
  }

  @Override
  public String toString() {
    return "ComInitDb[" + schema.length + " bytes]";
  }
}
