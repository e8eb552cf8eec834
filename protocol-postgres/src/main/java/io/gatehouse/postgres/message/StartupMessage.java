package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens a session, before anyone is authenticated.
 *
 * @param major 3; nothing older is decoded
 * @param minor what the client would like
 * @param parameters in the client's order; each name once
 */
public record StartupMessage(int major, int minor, Map<String, String> parameters)
    implements StartupPacket {

  public StartupMessage {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    parameters.forEach(
        (name, value) -> {
          // an empty name is how the list ends
          if (Bodies.checkTerminated(name).isEmpty()) {
            throw new ProtocolException("a start-up parameter without a name");
          }
          Bodies.checkTerminated(value);
        });
  }

  static StartupMessage decode(int version, ByteBuf body) {
    int major = version >>> 16;
    int minor = version & 0xFFFF;
    if (major != 3) {
      throw new ProtocolException(
          "unsupported frontend protocol " + major + "." + minor + ": use 3.0 to 3.2");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name = Fields.string(body); !name.isEmpty(); name = Fields.string(body)) {
      if (parameters.put(name, Fields.string(body)) != null) {
        throw new ProtocolException("a start-up parameter is given twice");
      }
    }
    Bodies.end(body);
    return new StartupMessage(major, minor, parameters);
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeShort(major);
    out.writeShort(minor);
    parameters.forEach(
        (name, value) -> {
          Fields.writeString(out, name);
          Fields.writeString(out, value);
        });
    out.writeByte(0);
  }
}
