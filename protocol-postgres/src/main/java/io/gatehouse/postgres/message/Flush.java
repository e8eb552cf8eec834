package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Asks the server to send what it has, without ending anything. */
public record Flush() implements FrontendMessage {

  public static final Flush INSTANCE = new Flush();

  static Flush decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return FrontendType.FLUSH;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
