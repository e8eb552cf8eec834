package io.gatehouse.mysql.upstream;

import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;

/**
 * How a session wants to be spoken to by its server: as its client is spoken to, so that what
 * follows the logins need not be translated.
 *
 * @param capabilities what the client and the gate have agreed on
 * @param collation the client's, which says what the bytes of its statements mean
 */
public record Manner(Capabilities capabilities, int collation) {

  /** For the gate's own statements. */
  public static final Manner OWN = new Manner(Capabilities.of(Capability.DEPRECATE_EOF), 45);

  /** What is between one end and the other of a connection, and not between the client and us. */
  private static final Capabilities OF_THE_CONNECTION =
      Capabilities.of(
          Capability.SSL,
          Capability.CONNECT_WITH_DB,
          Capability.CONNECT_ATTRS,
          Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA,
          Capability.SSL_VERIFY_SERVER_CERT,
          Capability.REMEMBER_OPTIONS,
          Capability.IGNORE_SIGPIPE,
          Capability.RESERVED,
          Capability.CLIENT_MYSQL);

  /** What a login of the gate's always has. */
  private static final Capability[] ALWAYS = {
    Capability.CLIENT_MYSQL,
    Capability.LONG_FLAG,
    Capability.PROTOCOL_41,
    Capability.TRANSACTIONS,
    Capability.SECURE_CONNECTION,
    Capability.PLUGIN_AUTH,
    Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA
  };

  /**
   * What to ask a server for, before what the connection itself needs. One that loads no files of
   * clients says so to who wants it to, which is no reason to have no session.
   */
  Capabilities asked(Capabilities offered) {
    Capabilities asked =
        new Capabilities(capabilities.bits() & ~OF_THE_CONNECTION.bits()).with(ALWAYS);
    return offered.has(Capability.LOCAL_FILES) ? asked : asked.without(Capability.LOCAL_FILES);
  }

  /** What the client was promised and this server cannot do. */
  Capabilities missing(Capabilities offered) {
    Capabilities wanted = asked(offered).without(Capability.CLIENT_MYSQL);
    return new Capabilities(wanted.bits() & ~offered.bits());
  }
}
