package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * The server waits for the next command.
 *
 * @param status {@link #IDLE}, {@link #TRANSACTION} or {@link #ERROR}
 */
public record ReadyForQuery(byte status) implements BackendMessage {
  /** Not in a transaction block. */
  public static final byte IDLE = 'I';

  public static final byte TRANSACTION = 'T';

  /** In a transaction block that failed. */
  public static final byte ERROR = 'E';

  public ReadyForQuery {
    if (status != IDLE && status != TRANSACTION && status != ERROR) {
      throw new ProtocolException("ReadyForQuery with an unknown transaction status");
    }
  }

  static ReadyForQuery decode(ByteBuf body) {
    ReadyForQuery message = new ReadyForQuery(Fields.int8(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return BackendType.READY_FOR_QUERY;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeByte(status);
  }
}
