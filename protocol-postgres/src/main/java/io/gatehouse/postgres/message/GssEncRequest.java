package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** GSSENCRequest: may this connection turn to GSSAPI encryption? */
public record GssEncRequest() implements StartupPacket {

  /** 1234.5680, a version that no protocol will have. */
  public static final int CODE = 80877104;

  public static final GssEncRequest INSTANCE = new GssEncRequest();

  static GssEncRequest decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(CODE);
  }
}
