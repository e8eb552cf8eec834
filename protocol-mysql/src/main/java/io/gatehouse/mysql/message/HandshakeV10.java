package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The greeting, with which the server speaks first.
 *
 * @param serverVersion what clients switch on; MariaDB puts {@code 5.5.5-} before its own
 * @param connectionId what KILL QUERY names; 32 bits
 * @param authData for the plugin: 20 random bytes and a zero
 * @param capabilities what the server offers; of a MariaDB with its extended ones
 * @param collation the server's default, its lowest eight bits
 * @param plugin the authentication plugin that it begins with
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record HandshakeV10(
    String serverVersion,
    int connectionId,
    byte[] authData,
    Capabilities capabilities,
    int collation,
    int status,
    String plugin)
    implements BackendMessage {

  /** The scramble without its zero. */
  public static final int SCRAMBLE_BYTES = 20;

  private static final int PROTOCOL = 10;
  private static final int FIRST_PART = 8;
  private static final int FILLER = 6;

  public HandshakeV10 {
    Bodies.checkTerminated(serverVersion);
    Bodies.checkTerminated(plugin);
    if (authData.length <= SCRAMBLE_BYTES || authData.length > 0xFF) {
      throw new ProtocolException("a scramble has 20 bytes and a zero");
    }
    boolean both =
        capabilities.has(Capability.SECURE_CONNECTION) && capabilities.has(Capability.PLUGIN_AUTH);
    if (!both || !capabilities.has(Capability.PROTOCOL_41)) {
      throw new ProtocolException("a greeting of a server older than MySQL 5.7 and MariaDB 10");
    }
    if (capabilities.has(Capability.CLIENT_MYSQL) && capabilities.mariadb() != 0) {
      throw new ProtocolException("only MariaDB has extended capabilities");
    }
  }

  public static HandshakeV10 decode(ByteBuf body) {
    Fields.expect(body, PROTOCOL, "the greeting of a MySQL or MariaDB server");
    String version = Fields.lenient(Bodies.terminated(body));
    int connection = Fields.int32(body);
    byte[] first = Bodies.bytes(body, FIRST_PART);
    Fields.zeros(body, 1);
    int lower = Fields.int16(body);
    int collation = Fields.int8(body);
    int status = Fields.int16(body);
    int mysql = lower | Fields.int16(body) << Short.SIZE;
    int length = Fields.int8(body);
    Fields.zeros(body, FILLER);
    int mariadb = Fields.int32(body);
    Bodies.need(body, Math.max(length - FIRST_PART, SCRAMBLE_BYTES + 1 - FIRST_PART));
    byte[] data = Arrays.copyOf(first, Math.max(length, SCRAMBLE_BYTES + 1));
    body.readBytes(data, FIRST_PART, data.length - FIRST_PART);
    String plugin = Fields.lenient(Bodies.terminated(body));
    Bodies.end(body);
    return new HandshakeV10(
        version, connection, data, Capabilities.of(mysql, mariadb), collation, status, plugin);
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(PROTOCOL);
    Fields.writeTerminated(out, serverVersion);
    out.writeIntLE(connectionId);
    out.writeBytes(authData, 0, FIRST_PART).writeByte(0);
    out.writeShortLE(capabilities.mysql());
    out.writeByte(collation);
    out.writeShortLE(status);
    out.writeShortLE(capabilities.mysql() >>> Short.SIZE);
    out.writeByte(authData.length);
    out.writeZero(FILLER).writeIntLE(capabilities.mariadb());
    out.writeBytes(authData, FIRST_PART, authData.length - FIRST_PART);
    Fields.writeTerminated(out, plugin);
  }

  /** Whether it says that it is not MySQL. */
  public boolean mariadb() {
    return !capabilities.has(Capability.CLIENT_MYSQL);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HandshakeV10 that
        && serverVersion.equals(that.serverVersion)
        && connectionId == that.connectionId
        && Arrays.equals(authData, that.authData)
        && capabilities.equals(that.capabilities)
        && collation == that.collation
        && status == that.status
        && plugin.equals(that.plugin);
  }

  @Override
  public int hashCode() {
    int numbers =
        Objects.hash(serverVersion, connectionId, capabilities, collation, status, plugin);
    return 31 * numbers + Arrays.hashCode(authData);
  }

  @Override
  public String toString() {
    return "HandshakeV10[" + serverVersion + ", connection " + connectionId + ", " + plugin + "]";
  }
}
