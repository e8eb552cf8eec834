package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** A COPY stream ended well, in either direction. */
public record CopyDone() implements FrontendMessage, BackendMessage {

  public static final CopyDone INSTANCE = new CopyDone();

  static CopyDone decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return FrontendType.COPY_DONE;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
