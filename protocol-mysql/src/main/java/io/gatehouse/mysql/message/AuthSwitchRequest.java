package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Another authentication plugin than that of the greeting. Without a plugin's name, as before MySQL
 * 5.5, it is a {@link ProtocolException}: what that asks for is no proof.
 *
 * @param data for the plugin, with a zero behind it if it is a scramble
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record AuthSwitchRequest(String plugin, byte[] data) implements BackendMessage {
  static final int HEADER = 0xFE;

  public AuthSwitchRequest {
    Bodies.checkTerminated(plugin);
  }

  public static AuthSwitchRequest decode(ByteBuf body) {
    Fields.expect(body, HEADER, "a request for another authentication plugin");
    return new AuthSwitchRequest(Fields.lenient(Bodies.terminated(body)), Bodies.rest(body));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(HEADER);
    Fields.writeTerminated(out, plugin);
    out.writeBytes(data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthSwitchRequest that
        && plugin.equals(that.plugin)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * plugin.hashCode() + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "AuthSwitchRequest[" + plugin + ", " + data.length + " bytes]";
  }
}
