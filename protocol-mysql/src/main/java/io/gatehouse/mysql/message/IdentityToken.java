package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a client says by authentication_openid_connect_client (MySQL 9.1), its whole proof: a
 * capability, of which there is one, and the token.
 */
public final class IdentityToken {
  private static final int CAPABILITY = 1;

  private IdentityToken() {}

  /** The token, as it was given to the client. */
  public static byte[] of(byte[] proof) {
    ByteBuf body = Unpooled.wrappedBuffer(proof);
    if (Fields.int8(body) != CAPABILITY) {
      throw new ProtocolException("an identity token comes in a way that nobody knows");
    }
    byte[] token = Fields.lenencBytes(body);
    // MySQL Connector/J sends the whole of a buffer that it made too large.
    Fields.zeros(body, body.readableBytes());
    return token;
  }
}
