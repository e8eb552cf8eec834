package io.gatehouse.postgres.message;

import io.netty.buffer.ByteBuf;

/** What was described returns no rows. */
public record NoData() implements BackendMessage {

  public static final NoData INSTANCE = new NoData();

  static NoData decode(ByteBuf body) {
    Fields.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return BackendType.NO_DATA;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
