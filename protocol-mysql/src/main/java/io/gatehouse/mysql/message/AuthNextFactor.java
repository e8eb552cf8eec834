package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One more factor, after one that was accepted.
 *
 * @param data for the plugin, with a zero behind it if it is a scramble
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record AuthNextFactor(String plugin, byte[] data) implements BackendMessage {
  static final int HEADER = 0x02;

  public AuthNextFactor {
    Bodies.checkTerminated(plugin);
  }

  public static AuthNextFactor decode(ByteBuf body) {
    Fields.expect(body, HEADER, "a request for one more factor");
    return new AuthNextFactor(Fields.lenient(Bodies.terminated(body)), Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(HEADER);
    Fields.writeTerminated(out, plugin);
    out.writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthNextFactor that
        && plugin.equals(that.plugin)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * plugin.hashCode() + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "AuthNextFactor[" + plugin + ", " + data.length + " bytes]";
  }
}
