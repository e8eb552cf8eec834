package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PasswordMessage, SASLInitialResponse or SASLResponse before the context told which. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record AuthenticationResponse(byte[] data) implements FrontendMessage {

  static AuthenticationResponse decode(ByteBuf body) {
    return new AuthenticationResponse(Bodies.rest(body));
  }

  @Override
  public byte type() {
    return FrontendType.AUTHENTICATION_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthenticationResponse that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "AuthenticationResponse[" + data.length + " bytes]";
  }
}
