package io.gatehouse.mysql.testing;

import io.gatehouse.mysql.message.AuthMoreData;
import io.gatehouse.mysql.message.AuthResponse;
import io.gatehouse.mysql.message.AuthSwitchRequest;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.HandshakeResponse41;
import io.gatehouse.mysql.message.HandshakeV10;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.SslRequest;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.password.CachingSha2;
import io.gatehouse.mysql.password.NativePassword;
import io.gatehouse.mysql.password.RsaPassword;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.Certificates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Logs a {@link RawConnection} in as a driver would, and tells what was said. */
public final class RawClient {
  /** What drivers take up, if the server offers it. */
  public static final Capabilities USUAL =
      Capabilities.of(
          Capability.CLIENT_MYSQL,
          Capability.LONG_FLAG,
          Capability.CONNECT_WITH_DB,
          Capability.LOCAL_FILES,
          Capability.PROTOCOL_41,
          Capability.TRANSACTIONS,
          Capability.SECURE_CONNECTION,
          Capability.MULTI_STATEMENTS,
          Capability.MULTI_RESULTS,
          Capability.PS_MULTI_RESULTS,
          Capability.PLUGIN_AUTH,
          Capability.CONNECT_ATTRS,
          Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA,
          Capability.SESSION_TRACK,
          Capability.DEPRECATE_EOF);

  public static final Said USUALLY = new Said(45, Map.of("program_name", "raw"));
  private static final int MOST_PACKET = 1 << 30;

  private final RawConnection connection;
  private final Capabilities wished;
  private final @Nullable SSLContext tls;
  private final Said said;
  private final List<Message> heard = new ArrayList<>();

  private RawClient(
      RawConnection connection, Capabilities wished, @Nullable SSLContext tls, Said said) {
    this.said = said;
    this.connection = connection;
    this.wished = wished;
    this.tls = tls;
  }

  /** What a client says of itself. */
  public record Said(int collation, Map<String, String> attributes) {}

  /** What came of a login. */
  public record Entered(RawConnection connection, HandshakeV10 greeting, List<Message> heard) {}

  /**
   * @param tls null for none
   * @param plugin what the client begins with, whatever the greeting says
   */
  public static Entered enter(
      int port,
      String user,
      String password,
      AuthPlugin plugin,
      Capabilities wished,
      @Nullable SSLContext tls) {
    return enter(port, user, password, plugin, wished, tls, USUALLY);
  }

  /** One that says something else of itself. */
  public static Entered enter(
      int port,
      String user,
      String password,
      AuthPlugin plugin,
      Capabilities wished,
      @Nullable SSLContext tls,
      Said said) {
    Login login = new Login(user, password, RealServer.DATABASE);
    return enter(port, login, plugin, wished, tls, said);
  }

  /** Who somebody is, and where to. */
  public record Login(String user, String password, String database) {}

  /** As the others, into a database of choice. */
  public static Entered enter(
      int port,
      Login login,
      AuthPlugin plugin,
      Capabilities wished,
      @Nullable SSLContext tls,
      Said said) {
    RawConnection connection = new RawConnection(port);
    RawClient client = new RawClient(connection, wished, tls, said);
    HandshakeV10 greeting = client.begin(login, plugin);
    return new Entered(connection, greeting, client.heard);
  }

  /** Goes on as somebody else, on the same connection, inside TLS. */
  public static List<Message> change(Entered entered, ComChangeUser command, String password) {
    RawConnection connection = entered.connection();
    RawClient client =
        new RawClient(connection, connection.spoken(), Certificates.clientContext(), USUALLY);
    connection.command(command);
    client.follow(password, scramble(entered.greeting().authData()));
    return client.heard;
  }

  private HandshakeV10 begin(Login login, AuthPlugin plugin) {
    HandshakeV10 greeting = connection.read(HandshakeV10::decode);
    Capabilities both = wished.and(greeting.capabilities().with(Capability.CLIENT_MYSQL));
    if (greeting.mariadb() && !wished.has(Capability.CLIENT_MYSQL)) {
      both = both.without(Capability.CLIENT_MYSQL);
    }
    if (tls != null) {
      both = both.with(Capability.SSL);
      connection.send(new SslRequest(both, MOST_PACKET, said.collation()));
      connection.startTls(tls);
    }
    byte[] scramble = scramble(greeting.authData());
    byte[] proof = prove(plugin, Secret.of(login.password().toCharArray()), scramble);
    boolean database = both.has(Capability.CONNECT_WITH_DB);
    connection.send(
        new HandshakeResponse41(
            both,
            MOST_PACKET,
            said.collation(),
            login.user(),
            proof,
            database ? login.database() : null,
            plugin.wireName(),
            both.has(Capability.CONNECT_ATTRS) ? said.attributes() : Map.of()));
    connection.speak(both);
    follow(login.password(), scramble);
    return greeting;
  }

  private void follow(String password, byte[] first) {
    byte[] scramble = first;
    while (true) {
      byte[] payload = connection.read();
      switch (payload[0] & 0xFF) {
        case 0x00 -> {
          heard.add(connection.decode(payload, b -> OkPacket.decode(b, connection.spoken())));
          return;
        }
        case 0xFF -> {
          heard.add(connection.decode(payload, ErrPacket::decode));
          return;
        }
        case 0xFE -> {
          AuthSwitchRequest other = connection.decode(payload, AuthSwitchRequest::decode);
          heard.add(other);
          scramble = scramble(other.data());
          AuthPlugin plugin = AuthPlugin.of(other.plugin()).orElseThrow();
          connection.send(
              new AuthResponse(prove(plugin, Secret.of(password.toCharArray()), scramble)));
        }
        default -> {
          AuthMoreData more = connection.decode(payload, AuthMoreData::decode);
          heard.add(more);
          more(more.data(), password, scramble);
        }
      }
    }
  }

  private void more(byte[] data, String password, byte[] scramble) {
    Secret secret = Secret.of(password.toCharArray());
    if (data.length == 1 && data[0] == CachingSha2.SEND_PASSWORD) {
      connection.send(
          new AuthResponse(
              tls == null
                  ? new byte[] {CachingSha2.SEND_PUBLIC_KEY}
                  : RsaPassword.terminated(secret)));
    } else if (data.length > 1) {
      connection.send(
          new AuthResponse(RsaPassword.encrypt(secret, scramble, RsaPassword.publicKey(data))));
    }
  }

  private static byte[] prove(AuthPlugin plugin, Secret password, byte[] scramble) {
    return switch (plugin) {
      case CACHING_SHA2_PASSWORD -> CachingSha2.prove(password, scramble);
      case MYSQL_NATIVE_PASSWORD -> NativePassword.prove(password, scramble);
      case MYSQL_CLEAR_PASSWORD -> RsaPassword.terminated(password);
    };
  }

  private static byte[] scramble(byte[] data) {
    return Arrays.copyOf(data, HandshakeV10.SCRAMBLE_BYTES);
  }
}
