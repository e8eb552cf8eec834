package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Asks for the password as it is. */
public record AuthenticationCleartextPassword() implements Authentication {
  static final int CODE = 3;

  public static final AuthenticationCleartextPassword INSTANCE =
      new AuthenticationCleartextPassword();

  static AuthenticationCleartextPassword decode(ByteBuf body) {
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
