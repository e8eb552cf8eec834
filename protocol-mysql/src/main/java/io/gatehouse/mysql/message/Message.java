package io.gatehouse.mysql.message;

import io.netty.buffer.ByteBuf;

/** A typed message, in either direction. */
public sealed interface Message permits FrontendMessage, BackendMessage {

  /**
   * Writes the payload; packets are made of it elsewhere.
   *
   * @param spoken what both sides can do
   */
  void encode(ByteBuf out, Capabilities spoken);
}
