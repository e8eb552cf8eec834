package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a server's plugin has to say before it is content. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record AuthMoreData(byte[] data) implements BackendMessage {
  static final int HEADER = 0x01;

  public static AuthMoreData decode(ByteBuf body) {
    Fields.expect(body, HEADER, "more data of the authentication plugin");
    return new AuthMoreData(Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(HEADER).writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthMoreData that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "AuthMoreData[" + data.length + " bytes]";
  }
}
