package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** SSLRequest: may this connection turn to TLS? */
public record SslRequest() implements StartupPacket {

  /** 1234.5679, a version that no protocol will have. */
  public static final int CODE = 80877103;

  public static final SslRequest INSTANCE = new SslRequest();

  static SslRequest decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(CODE);
  }
}
