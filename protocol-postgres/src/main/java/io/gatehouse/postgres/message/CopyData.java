package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A piece of a COPY stream, in either direction. Pieces need not end where rows end. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record CopyData(byte[] data) implements FrontendMessage, BackendMessage {

  static CopyData decode(ByteBuf body) {
    return new CopyData(Bodies.rest(body));
  }

  @Override
  public byte type() {
    return FrontendType.COPY_DATA;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CopyData that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "CopyData[" + data.length + " bytes]";
  }
}
