package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the md5 of the password.
 *
 * @param salt four bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record AuthenticationMD5Password(byte[] salt) implements Authentication {
  static final int CODE = 5;
  private static final int SALT_BYTES = 4;

  public AuthenticationMD5Password {
    if (salt.length != SALT_BYTES) {
      throw new ProtocolException("the salt of AuthenticationMD5Password has four bytes");
    }
  }

  static AuthenticationMD5Password decode(ByteBuf body) {
    AuthenticationMD5Password message =
        new AuthenticationMD5Password(Bodies.bytes(body, SALT_BYTES));
    Bodies.end(body);
    return message;
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(CODE);
    out.writeBytes(salt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthenticationMD5Password that && Arrays.equals(salt, that.salt);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(salt);
  }

  @Override
  public String toString() {
    return "AuthenticationMD5Password[" + salt.length + " bytes]";
  }
}
