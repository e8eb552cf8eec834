package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A clear or md5-hashed password, without its terminating zero. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record PasswordMessage(byte[] password) implements FrontendMessage {

  public PasswordMessage {
    for (byte b : password) {
      if (b == 0) {
        throw new ProtocolException("a password cannot hold a zero byte");
      }
    }
  }

  public static PasswordMessage decode(ByteBuf body) {
    PasswordMessage message = new PasswordMessage(Bodies.terminated(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.AUTHENTICATION_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeBytes(password);
    out.writeByte(0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PasswordMessage that && Arrays.equals(password, that.password);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(password);
  }

  @Override
  public String toString() {
    return "PasswordMessage[" + password.length + " bytes]";
  }
}
