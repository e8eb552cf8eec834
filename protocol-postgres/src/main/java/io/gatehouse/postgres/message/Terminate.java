package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** The client leaves. */
public record Terminate() implements FrontendMessage {

  public static final Terminate INSTANCE = new Terminate();

  static Terminate decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return FrontendType.TERMINATE;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
