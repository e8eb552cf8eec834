package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The answer to {@link ComStatistics}: a text and nothing else. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record StatisticsText(byte[] data) implements BackendMessage {

  public static StatisticsText decode(ByteBuf body) {

    return new StatisticsText(Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StatisticsText that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "StatisticsText[" + data.length + " bytes]";
  }
}
