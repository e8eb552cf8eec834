package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Ends a batch of the extended protocol. */
public record Sync() implements FrontendMessage {

  public static final Sync INSTANCE = new Sync();

  static Sync decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return FrontendType.SYNC;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
