package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** Execute stopped at its row limit; the portal has more. */
public record PortalSuspended() implements BackendMessage {

  public static final PortalSuspended INSTANCE = new PortalSuspended();

  static PortalSuspended decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return BackendType.PORTAL_SUSPENDED;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
