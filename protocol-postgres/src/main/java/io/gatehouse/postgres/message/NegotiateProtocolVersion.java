package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The server speaks an older minor version, or does not know some options.
 *
 * @param newestMinor of major version 3; on the wire goes the whole number 3.x, which is what
 *     servers send and libpq reads, although "Message Formats" speaks of the minor alone
 * @param unrecognized names of start-up options
 */
public record NegotiateProtocolVersion(int newestMinor, List<String> unrecognized)
    implements BackendMessage {
  private static final int MAJOR = 3;

  public NegotiateProtocolVersion {
    if (newestMinor < 0 || newestMinor > 0xFFFF) {
      throw new ProtocolException("a minor protocol version has two bytes");
    }
    unrecognized = List.copyOf(unrecognized);
    unrecognized.forEach(Bodies::checkTerminated);
  }

  static NegotiateProtocolVersion decode(ByteBuf body) {
    int version = Fields.int32(body);
    if (version >>> 16 != MAJOR) {
      throw new ProtocolException("the server asks for another major protocol version");
    }
    int count = Fields.count32(body, 1);
    List<String> unrecognized = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      unrecognized.add(Fields.lenientString(body));
    }
    Bodies.end(body);
    return new NegotiateProtocolVersion(version & 0xFFFF, unrecognized);
  }

  @Override
  public byte type() {
    return BackendType.NEGOTIATE_PROTOCOL_VERSION;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeShort(MAJOR);
    out.writeShort(newestMinor);
    out.writeInt(unrecognized.size());
    for (String name : unrecognized) {
      Fields.writeString(out, name);
    }
  }
}
