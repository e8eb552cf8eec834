package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who the client wants to be, and the first word of the authentication. What is in it follows from
 * its own capabilities.
 *
 * @param maxPacket the longest payload that the client takes, in bytes
 * @param authResponse what the plugin of the greeting asks for
 * @param database null if it names none, which is not the same as an empty one
 * @param plugin null if it does not say
 * @param attributes what the client says of itself, in its order
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record HandshakeResponse41(
    Capabilities capabilities,
    int maxPacket,
    int collation,
    String user,
    byte[] authResponse,
    @Nullable String database,
    @Nullable String plugin,
    Map<String, String> attributes)
    implements FrontendMessage {

  private static final int MOST_SHORT_AUTH = 0xFF;

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public HandshakeResponse41(
      Capabilities capabilities,
      int maxPacket,
      int collation,
      String user,
      byte[] authResponse,
      @Nullable String database,
      @Nullable String plugin,
      Map<String, String> attributes) {
    require(capabilities, Capability.PROTOCOL_41, true);
    require(capabilities, Capability.SECURE_CONNECTION, true);
    require(capabilities, Capability.CONNECT_WITH_DB, database != null);
    require(capabilities, Capability.PLUGIN_AUTH, plugin != null);
    require(capabilities, Capability.ZSTD_COMPRESSION_ALGORITHM, false);
    if (!attributes.isEmpty()) {
      require(capabilities, Capability.CONNECT_ATTRS, true);
    }
    if (!capabilities.has(Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA)
        && authResponse.length > MOST_SHORT_AUTH) {
      throw new ProtocolException("an authentication response longer than its length can say");
    }
    this.capabilities = capabilities;
    this.maxPacket = maxPacket;
    this.collation = collation;
    this.user = Bodies.checkTerminated(user);
    this.authResponse = authResponse;
    this.database = database == null ? null : Bodies.checkTerminated(database);
    this.plugin = plugin == null ? null : Bodies.checkTerminated(plugin);
    this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  private static void require(Capabilities capabilities, Capability capability, boolean wanted) {
    if (capabilities.has(capability) != wanted) {
      throw new ProtocolException(
          "the client's capabilities do not fit its login: " + capability.name());
    }
  }

  /** Exactly the payload; it is a {@link SslRequest} if it is {@link SslRequest#BYTES} long. */
  public static HandshakeResponse41 decode(ByteBuf body) {
    SslRequest head = SslRequest.decodeHead(body);
    Capabilities said = head.capabilities();
    String user = Fields.text(Bodies.terminated(body));
    byte[] auth =
        said.has(Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA)
            ? Fields.lenencBytes(body)
            : Bodies.bytes(body, Fields.int8(body));
    String database =
        said.has(Capability.CONNECT_WITH_DB) ? Fields.text(Bodies.terminated(body)) : null;
    String plugin = said.has(Capability.PLUGIN_AUTH) ? Fields.text(Bodies.terminated(body)) : null;
    Map<String, String> attributes =
        said.has(Capability.CONNECT_ATTRS) ? Attributes.decode(body) : Map.of();
    Bodies.end(body);
    return new HandshakeResponse41(
        said, head.maxPacket(), head.collation(), user, auth, database, plugin, attributes);
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    new SslRequest(capabilities, maxPacket, collation).encode(out, spoken);
    Fields.writeTerminated(out, user);
    if (capabilities.has(Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
      Fields.writeLenenc(out, authResponse);
    } else {
      out.writeByte(authResponse.length).writeBytes(authResponse);
    }
    if (database != null) {
      Fields.writeTerminated(out, database);
    }
    if (plugin != null) {
      Fields.writeTerminated(out, plugin);
    }
    if (capabilities.has(Capability.CONNECT_ATTRS)) {
      Attributes.encode(out, attributes);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HandshakeResponse41 that
        && capabilities.equals(that.capabilities)
        && maxPacket == that.maxPacket
        && collation == that.collation
        && user.equals(that.user)
        && Arrays.equals(authResponse, that.authResponse)
        && Objects.equals(database, that.database)
        && Objects.equals(plugin, that.plugin)
        && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    int rest = Objects.hash(capabilities, maxPacket, collation, user, database, plugin, attributes);
    return 31 * rest + Arrays.hashCode(authResponse);
  }

  @Override
  public String toString() {
    return "HandshakeResponse41[" + user + ", " + authResponse.length + " bytes]";
  }
}
