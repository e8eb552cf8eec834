package io.gatehouse.mysql.login;

import io.gatehouse.mysql.frame.LoginPackets;
import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.relay.Greeted;
import io.gatehouse.spi.entrance.Newcomer;
import io.gatehouse.spi.net.Limit;
import io.netty.channel.Channel;

/**
 * COM_CHANGE_USER: a whole login, and a session of its own, on a connection of which the session is
 * over. Nothing of that one is left but TLS, what was agreed on, and the number of the greeting.
 */
public final class AnotherUser {
  /** The command is the packet before. */
  private static final int FIRST_ANSWER = 1;

  private AnotherUser() {}

  /** On the client's event loop; its pipeline has no handler of the session's any more. */
  public static void logIn(
      Reception reception, Channel client, ComChangeUser command, Greeted before) {
    client
        .pipeline()
        .addLast(
            new ClientLogin(
                reception,
                Claim.of(command, before.collation()),
                before.spoken(),
                before.connectionId(),
                new LoginPackets(reception.limits().intOf(Limit.LOGIN_MESSAGE_BYTES), FIRST_ANSWER),
                new Newcomer(reception.door(), client)));
  }
}
