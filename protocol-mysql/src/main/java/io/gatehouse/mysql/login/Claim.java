package io.gatehouse.mysql.login;

import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.message.HandshakeResponse41;
import java.util.Map;

/**
 * Who a client says it is, in either of the messages that say so.
 *
 * @param database empty if it names none
 * @param plugin that the first proof is for; empty if it does not say
 * @param proof the first
 * @param collation what it wants its text to be taken for
 * @param attributes what it says of itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Claim(
    String user,
    String database,
    String plugin,
    byte[] proof,
    int collation,
    Map<String, String> attributes) {

  static Claim of(HandshakeResponse41 response) {
    String database = response.database();
    String plugin = response.plugin();
    return new Claim(
        response.user(),
        database == null ? "" : database,
        plugin == null ? "" : plugin,
        response.authResponse(),
        response.collation(),
        response.attributes());
  }

  /**
   * @param collation of the session before, which goes on where the client says nothing else
   */
  static Claim of(ComChangeUser command, int collation) {
    ComChangeUser.Rest rest = command.rest();
    String plugin = rest == null ? null : rest.plugin();
    return new Claim(
        command.user(),
        command.database(),
        plugin == null ? "" : plugin,
        command.authResponse(),
        rest == null ? collation : rest.collation(),
        rest == null ? Map.of() : rest.attributes());
  }

  /** Without the proof. */
  @Override
  public String toString() {
    return "Claim[" + user + "]";
  }
}
