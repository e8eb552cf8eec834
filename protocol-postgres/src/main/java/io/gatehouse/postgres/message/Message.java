package io.gatehouse.postgres.message;

import io.netty.buffer.ByteBuf;

/** A typed message, in either direction. */
public sealed interface Message permits FrontendMessage, BackendMessage {

  /** The byte that names it on the wire. */
  byte type();

  /** Writes what follows the length. */
  void encodeBody(ByteBuf out);

  /** Writes the whole frame: type, length of itself and the body, body. */
  default void encode(ByteBuf out) {
    int start = out.writerIndex();
    out.writeByte(type());
    out.writeInt(0);
    encodeBody(out);
    out.setInt(start + 1, out.writerIndex() - start - 1);
  }
}
