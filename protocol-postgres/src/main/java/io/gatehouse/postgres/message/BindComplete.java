package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** A Bind succeeded. */
public record BindComplete() implements BackendMessage {

  public static final BindComplete INSTANCE = new BindComplete();

  static BindComplete decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return BackendType.BIND_COMPLETE;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
