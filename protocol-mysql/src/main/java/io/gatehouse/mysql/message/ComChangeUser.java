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
 * Somebody else, on the same connection: a whole login, and a new session.
 *
 * @param authResponse what the plugin of the greeting asks for
 * @param rest null if the message ends behind the database, as that of old clients does
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ComChangeUser(String user, byte[] authResponse, String database, @Nullable Rest rest)
    implements Command {

  private static final int MOST_AUTH = 0xFF;

  /**
   * What newer clients add.
   *
   * @param plugin null unless PLUGIN_AUTH is spoken
   * @param attributes none unless CONNECT_ATTRS is spoken
   */
  public record Rest(int collation, @Nullable String plugin, Map<String, String> attributes) {
    public Rest(int collation, @Nullable String plugin, Map<String, String> attributes) {
      this.collation = collation & 0xFFFF;
      this.plugin = plugin == null ? null : Bodies.checkTerminated(plugin);
      this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
  }

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public ComChangeUser(String user, byte[] authResponse, String database, @Nullable Rest rest) {
    if (authResponse.length > MOST_AUTH) {
      throw new ProtocolException("an authentication response longer than its length can say");
    }
    this.user = Bodies.checkTerminated(user);
    this.authResponse = authResponse;
    this.database = Bodies.checkTerminated(database);
    this.rest = rest;
  }

  @Override
  public CommandType type() {
    return CommandType.COM_CHANGE_USER;
  }

  static ComChangeUser decodeBody(ByteBuf body, Capabilities spoken) {
    String user = Fields.text(Bodies.terminated(body));
    byte[] auth = Bodies.bytes(body, Fields.int8(body));
    String database = Fields.text(Bodies.terminated(body));
    Rest rest = null;
    if (body.isReadable()) {
      int collation = Fields.int16(body);
      String plugin =
          spoken.has(Capability.PLUGIN_AUTH) ? Fields.text(Bodies.terminated(body)) : null;
      boolean attributes = spoken.has(Capability.CONNECT_ATTRS);
      rest = new Rest(collation, plugin, attributes ? Attributes.decode(body) : Map.of());
    }
    Bodies.end(body);
    return new ComChangeUser(user, auth, database, rest);
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code());
    Fields.writeTerminated(out, user);
    out.writeByte(authResponse.length).writeBytes(authResponse);
    Fields.writeTerminated(out, database);
    if (rest != null) {
      out.writeShortLE(rest.collation());
      if (rest.plugin() != null) {
        Fields.writeTerminated(out, rest.plugin());
      }
      if (spoken.has(Capability.CONNECT_ATTRS)) {
        Attributes.encode(out, rest.attributes());
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComChangeUser that
        && user.equals(that.user)
        && Arrays.equals(authResponse, that.authResponse)
        && database.equals(that.database)
        && Objects.equals(rest, that.rest);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(user, database, rest) + Arrays.hashCode(authResponse);
  }

  @Override
  public String toString() {
    return "ComChangeUser[" + user + ", " + authResponse.length + " bytes]";
  }
}
