package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The server wants a file of the client's.
 *
 * @param file its name, in the session's character set
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record LocalInfileRequest(byte[] file) implements BackendMessage {
  public static final int HEADER = 0xFB;

  public static LocalInfileRequest decode(ByteBuf body) {
    Fields.expect(body, HEADER, "a request for a file");
    return new LocalInfileRequest(Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(HEADER).writeBytes(file);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LocalInfileRequest that && Arrays.equals(file, that.file);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(file);
  }

  @Override
  public String toString() {
    return "LocalInfileRequest[" + file.length + " bytes]";
  }
}
