package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/** What {@link Close} and {@link Describe} speak of. */
public enum Kind {
  STATEMENT('S'),
  PORTAL('P');

  private final byte code;

  Kind(char code) {
    this.code = (byte) code;
  }

  /** Its byte on the wire. */
  public byte code() {
    return code;
  }

  static Kind decode(ByteBuf body) {
    return switch (Fields.int8(body)) {
      case 'S' -> STATEMENT;
      case 'P' -> PORTAL;
      default -> throw new ProtocolException("neither a statement nor a portal is meant");
    };
  }
}
