package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The mechanism's last message. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record AuthenticationSASLFinal(byte[] data) implements Authentication {
  static final int CODE = 12;

  static AuthenticationSASLFinal decode(ByteBuf body) {
    return new AuthenticationSASLFinal(Bodies.rest(body));
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(CODE);
    out.writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthenticationSASLFinal that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "AuthenticationSASLFinal[" + data.length + " bytes]";
  }
}
