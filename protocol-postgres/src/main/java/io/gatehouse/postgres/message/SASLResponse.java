package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The mechanism's next message. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record SASLResponse(byte[] data) implements FrontendMessage {

  public static SASLResponse decode(ByteBuf body) {
    return new SASLResponse(Bodies.rest(body));
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
    return other instanceof SASLResponse that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "SASLResponse[" + data.length + " bytes]";
  }
}
