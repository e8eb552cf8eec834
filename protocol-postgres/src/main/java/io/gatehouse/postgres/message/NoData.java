package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** What was described returns no rows. */
public record NoData() implements BackendMessage {

  public static final NoData INSTANCE = new NoData();

  static NoData decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return BackendType.NO_DATA;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
