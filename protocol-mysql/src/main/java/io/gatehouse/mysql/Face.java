package io.gatehouse.mysql;

import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;

/**
 * How a listener introduces itself, which it does before it knows who is there. Clients switch on
 * the version, and what is offered here the target must be able to do.
 *
 * @param version as the target says it, MariaDB's with what it puts before it
 * @param offered nothing that the gate does not parse
 * @param collation the number that clients without one of their own take
 */
public record Face(String version, Capabilities offered, int collation) {

  /** What the gate can do, on any target. */
  private static final Capabilities ALL =
      Capabilities.of(
          Capability.FOUND_ROWS,
          Capability.LONG_FLAG,
          Capability.CONNECT_WITH_DB,
          Capability.LOCAL_FILES,
          Capability.IGNORE_SPACE,
          Capability.PROTOCOL_41,
          Capability.INTERACTIVE,
          Capability.IGNORE_SIGPIPE,
          Capability.TRANSACTIONS,
          Capability.RESERVED,
          Capability.SECURE_CONNECTION,
          Capability.MULTI_STATEMENTS,
          Capability.MULTI_RESULTS,
          Capability.PS_MULTI_RESULTS,
          Capability.PLUGIN_AUTH,
          Capability.CONNECT_ATTRS,
          Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA,
          Capability.SESSION_TRACK,
          Capability.DEPRECATE_EOF);

  private static final int UTF8MB4_GENERAL_CI = 45;
  private static final int UTF8MB4_0900_AI_CI = 255;

  public Face {
    Capabilities known = ALL.with(Capability.CLIENT_MYSQL);
    if (!offered.and(known).equals(offered)) {
      throw new IllegalArgumentException("a listener offers what the gate does not parse");
    }
  }

  /** Of a MySQL target. */
  public static Face mysql(String version) {
    return new Face(version, ALL.with(Capability.CLIENT_MYSQL), UTF8MB4_0900_AI_CI);
  }

  /**
   * Of a MariaDB target. Up to version 10 they put a version before their own that replicas of old
   * servers understand; drivers that read that version expect what servers did then.
   *
   * @param version without what is put before it
   */
  public static Face mariadb(String version) {
    String before = version.startsWith("10.") ? "5.5.5-" : "";
    return new Face(before + version, ALL, UTF8MB4_GENERAL_CI);
  }
}
