package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * Asks for TLS before anything is said: the beginning of a {@link HandshakeResponse41}, which comes
 * again, whole, inside TLS.
 *
 * @param capabilities what the client takes up; those of the second message count
 * @param maxPacket the longest payload that it takes, in bytes
 */
public record SslRequest(Capabilities capabilities, int maxPacket, int collation)
    implements FrontendMessage {

  public static final int BYTES = 32;

  private static final int FILLER = 19;

  public SslRequest {
    if (!capabilities.has(Capability.PROTOCOL_41)) {
      throw new ProtocolException("the client does not speak protocol 4.1");
    }
    if (capabilities.has(Capability.CLIENT_MYSQL) && capabilities.mariadb() != 0) {
      throw new ProtocolException("only MariaDB has extended capabilities");
    }
  }

  public static SslRequest decode(ByteBuf body) {
    SslRequest message = decodeHead(body);
    Bodies.end(body);
    return message;
  }

  /** What {@link HandshakeResponse41} begins with too. */
  static SslRequest decodeHead(ByteBuf body) {
    int mysql = Fields.int32(body);
    int maxPacket = Fields.int32(body);
    int collation = Fields.int8(body);
    Fields.zeros(body, FILLER);
    return new SslRequest(Capabilities.of(mysql, Fields.int32(body)), maxPacket, collation);
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeIntLE(capabilities.mysql());
    out.writeIntLE(maxPacket);
    out.writeByte(collation);
    out.writeZero(FILLER).writeIntLE(capabilities.mariadb());
  }
}
