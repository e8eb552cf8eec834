package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A part of a file that the server asked for; an empty one ends it. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record LocalInfileData(byte[] data) implements FrontendMessage {

  public static LocalInfileData decode(ByteBuf body) {

    return new LocalInfileData(Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LocalInfileData that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "LocalInfileData[" + data.length + " bytes]";
  }
}
