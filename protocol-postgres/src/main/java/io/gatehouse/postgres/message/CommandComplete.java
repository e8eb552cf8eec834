package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/**
 * One statement is done.
 *
 * @param tag such as "INSERT 0 1", which drivers parse
 */
public record CommandComplete(String tag) implements BackendMessage {

  public CommandComplete {
    Bodies.checkTerminated(tag);
  }

  static CommandComplete decode(ByteBuf body) {
    CommandComplete message = new CommandComplete(Fields.lenientString(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return BackendType.COMMAND_COMPLETE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeString(out, tag);
  }
}
