package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs a prepared statement.
 *
 * @param flags {@link #CURSOR} and others
 * @param iterations always 1
 * @param bound what {@link BoundValues} reads, which takes knowledge of the statement
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ComStmtExecute(int statement, int flags, int iterations, byte[] bound)
    implements Command {

  /** Rows are to be fetched, a read-only cursor is opened for them. */
  public static final int CURSOR = 0x01;

  /** How many values follow is said, where QUERY_ATTRIBUTES is spoken. */
  public static final int PARAMETER_COUNT_AVAILABLE = 0x08;

  public ComStmtExecute {
    flags &= 0xFF;
  }

  @Override
  public CommandType type() {
    return CommandType.COM_STMT_EXECUTE;
  }

  static ComStmtExecute decodeBody(ByteBuf body) {
    return new ComStmtExecute(
        Fields.int32(body), Fields.int8(body), Fields.int32(body), Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code()).writeIntLE(statement).writeByte(flags).writeIntLE(iterations);
    out.writeBytes(bound);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComStmtExecute that
        && statement == that.statement
        && flags == that.flags
        && iterations == that.iterations
        && Arrays.equals(bound, that.bound);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * statement + flags) + Arrays.hashCode(bound);
  }

  @Override
  public String toString() {
    return "ComStmtExecute[" + statement + ", " + bound.length + " bytes]";
  }
}
