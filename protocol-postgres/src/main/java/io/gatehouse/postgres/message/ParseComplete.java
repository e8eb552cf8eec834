package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** A Parse succeeded. */
public record ParseComplete() implements BackendMessage {

  public static final ParseComplete INSTANCE = new ParseComplete();

  static ParseComplete decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return BackendType.PARSE_COMPLETE;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
