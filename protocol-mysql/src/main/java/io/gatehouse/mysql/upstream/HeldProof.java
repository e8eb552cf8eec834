package io.gatehouse.mysql.upstream;

import io.gatehouse.mysql.message.AuthSwitchRequest;
import io.gatehouse.mysql.message.HandshakeV10;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.password.CachingSha2;
import io.gatehouse.mysql.password.NativePassword;
import io.gatehouse.mysql.password.RsaPassword;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.message.ProtocolException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The held password, proved as one server wants it. No plugin of MySQL's proves the server in turn:
 * that is what TLS is for. Owned by the connection's event loop.
 */
final class HeldProof {
  private final Optional<HeldSecret> password;
  private final boolean exposed;
  private AuthPlugin plugin;
  private byte[] scramble = {};
  private Asked asked = Asked.PROOF;

  /** How far the server has gone; it never goes back. */
  private enum Asked {
    PROOF,
    ANOTHER_PROOF,
    PUBLIC_KEY,
    PASSWORD
  }

  /**
   * @param exposed whether what is sent can be read on the way
   */
  HeldProof(Optional<HeldSecret> password, AuthPlugin plugin, boolean exposed) {
    this.password = password;
    this.plugin = plugin;
    this.exposed = exposed;
  }

  AuthPlugin plugin() {
    return plugin;
  }

  /** What goes with the name. */
  byte[] first(byte[] authData) throws ConnectFailure {
    return prove(authData);
  }

  /** The server wants another plugin, which it may want once. */
  byte[] instead(AuthSwitchRequest other) throws ConnectFailure {
    reach(Asked.ANOTHER_PROOF);
    plugin =
        AuthPlugin.of(other.plugin())
            .orElseThrow(
                () ->
                    new ConnectFailure(
                        "the server asks for an authentication plugin that the gate does not have: "
                            + printable(other.plugin())));
    return prove(other.data());
  }

  private static String printable(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "?");
  }

  /** What else caching_sha2_password has to say; empty if that asks for nothing. */
  Optional<byte[]> more(byte[] data) {
    if (plugin != AuthPlugin.CACHING_SHA2_PASSWORD || data.length == 0) {
      throw new ProtocolException("the server's plugin says what it has no words for");
    }
    if (asked == Asked.PUBLIC_KEY) {
      reach(Asked.PASSWORD);
      var key = RsaPassword.publicKey(data);
      return Optional.of(with(secret -> RsaPassword.encrypt(secret, scramble, key)));
    }
    if (data.length == 1 && data[0] == CachingSha2.FAST_OK) {
      reach(Asked.PASSWORD);
      return Optional.empty();
    }
    if (data.length != 1 || data[0] != CachingSha2.SEND_PASSWORD) {
      throw new ProtocolException("the server's plugin says what it has no words for");
    }
    if (exposed) {
      reach(Asked.PUBLIC_KEY);
      return Optional.of(new byte[] {CachingSha2.SEND_PUBLIC_KEY});
    }
    reach(Asked.PASSWORD);
    return Optional.of(with(RsaPassword::terminated));
  }

  private void reach(Asked next) {
    if (next.compareTo(asked) <= 0) {
      throw new ProtocolException("the server asks for a second proof");
    }
    asked = next;
  }

  private byte[] prove(byte[] data) throws ConnectFailure {
    return switch (plugin) {
      case CACHING_SHA2_PASSWORD -> {
        scramble(data);
        yield with(secret -> CachingSha2.prove(secret, scramble));
      }
      case MYSQL_NATIVE_PASSWORD -> {
        scramble(data);
        yield with(secret -> NativePassword.prove(secret, scramble));
      }
      case MYSQL_CLEAR_PASSWORD -> {
        if (exposed) {
          throw new ConnectFailure(
              "the server asks for the password in clear text over a connection without TLS");
        }
        yield with(RsaPassword::terminated);
      }
    };
  }

  private void scramble(byte[] data) {
    if (data.length < HandshakeV10.SCRAMBLE_BYTES) {
      throw new ProtocolException("a scramble has 20 bytes");
    }
    scramble = Arrays.copyOf(data, HandshakeV10.SCRAMBLE_BYTES);
  }

  private interface Use {
    byte[] of(Secret secret);
  }

  /** Without a password an empty one is proved, as accounts without any want it. */
  private byte[] with(Use use) {
    try (Secret secret = password.map(HeldSecret::copy).orElseGet(() -> Secret.of(new byte[0]))) {
      return use.of(secret);
    }
  }
}
