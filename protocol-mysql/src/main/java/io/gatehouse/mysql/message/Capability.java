package io.gatehouse.mysql.message;

/**
 * What a server offers and a client takes up (MySQL, "Capabilities Flags"; from bit 32 on MariaDB's
 * extended ones). {@code docs/wire-mysql.md} says of each whether the gate offers or asks for it.
 */
public enum Capability {
  /** Its absence in a greeting says: MariaDB, with extended capabilities in the filler. */
  CLIENT_MYSQL(0),
  FOUND_ROWS(1),
  LONG_FLAG(2),
  CONNECT_WITH_DB(3),
  NO_SCHEMA(4),
  COMPRESS(5),
  ODBC(6),
  LOCAL_FILES(7),
  IGNORE_SPACE(8),
  PROTOCOL_41(9),
  INTERACTIVE(10),
  SSL(11),
  IGNORE_SIGPIPE(12),
  TRANSACTIONS(13),
  RESERVED(14),
  SECURE_CONNECTION(15),
  MULTI_STATEMENTS(16),
  MULTI_RESULTS(17),
  PS_MULTI_RESULTS(18),
  PLUGIN_AUTH(19),
  CONNECT_ATTRS(20),
  PLUGIN_AUTH_LENENC_CLIENT_DATA(21),
  CAN_HANDLE_EXPIRED_PASSWORDS(22),
  SESSION_TRACK(23),
  DEPRECATE_EOF(24),
  OPTIONAL_RESULTSET_METADATA(25),
  ZSTD_COMPRESSION_ALGORITHM(26),
  QUERY_ATTRIBUTES(27),
  MULTI_FACTOR_AUTHENTICATION(28),
  CAPABILITY_EXTENSION(29),
  SSL_VERIFY_SERVER_CERT(30),
  REMEMBER_OPTIONS(31),
  MARIADB_PROGRESS(32),
  MARIADB_COM_MULTI(33),
  MARIADB_STMT_BULK_OPERATIONS(34),
  MARIADB_EXTENDED_METADATA(35),
  MARIADB_CACHE_METADATA(36),
  MARIADB_BULK_UNIT_RESULTS(37);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  long mask() {
    return 1L << bit;
  }
}
