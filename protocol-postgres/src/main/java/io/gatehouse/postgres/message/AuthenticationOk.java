package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** The client is who it says it is. */
public record AuthenticationOk() implements Authentication {
  static final int CODE = 0;

  public static final AuthenticationOk INSTANCE = new AuthenticationOk();

  static AuthenticationOk decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(CODE);
  }
}
