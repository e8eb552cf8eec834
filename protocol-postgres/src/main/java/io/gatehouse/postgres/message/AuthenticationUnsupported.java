package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * AuthenticationKerberosV5, GSS, GSSContinue or SSPI, which the gate does not speak. The data of
 * GSSContinue is not kept.
 */
public record AuthenticationUnsupported(int code) implements Authentication {
  private static final int KERBEROS_V5 = 2;
  private static final int GSS = 7;
  private static final int GSS_CONTINUE = 8;
  private static final int SSPI = 9;

  static AuthenticationUnsupported decode(int code, ByteBuf body) {
    switch (code) {
      case KERBEROS_V5, GSS, SSPI -> Bodies.end(body);
      case GSS_CONTINUE -> body.skipBytes(body.readableBytes());
      default ->
          throw new ProtocolException("the server asks for authentication of unknown kind " + code);
    }
    return new AuthenticationUnsupported(code);
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(code);
  }
}
