package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** A Close succeeded, also of a name that was unknown. */
public record CloseComplete() implements BackendMessage {

  public static final CloseComplete INSTANCE = new CloseComplete();

  static CloseComplete decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return BackendType.CLOSE_COMPLETE;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
