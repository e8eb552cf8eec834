package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the client answers a plugin, be it after a change of plugins; maybe a password, maybe
 * nothing.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record AuthResponse(byte[] data) implements FrontendMessage {

  public static AuthResponse decode(ByteBuf body) {

    return new AuthResponse(Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthResponse that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "AuthResponse[" + data.length + " bytes]";
  }
}
