package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The mechanism's next message. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record AuthenticationSASLContinue(byte[] data) implements Authentication {
  static final int CODE = 11;

  static AuthenticationSASLContinue decode(ByteBuf body) {
    return new AuthenticationSASLContinue(Bodies.rest(body));
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
    return other instanceof AuthenticationSASLContinue that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "AuthenticationSASLContinue[" + data.length + " bytes]";
  }
}
