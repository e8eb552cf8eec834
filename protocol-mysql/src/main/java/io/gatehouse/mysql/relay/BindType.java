package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.ColumnType;
import io.gatehouse.spi.message.ProtocolException;
import java.util.Locale;

/**
 * The types that values may be bound with: those of which MySQL and MariaDB read as many bytes as
 * each other. Others have no place in the protocol (MySQL, "COM_STMT_EXECUTE"): one server takes
 * them for strings, the other reads nothing.
 */
enum BindType {
  DECIMAL(-1),
  TINYINT(1),
  SMALLINT(2),
  INT(4),
  FLOAT(4),
  DOUBLE(8),
  /** Its values are marked NULL too, or the servers read a string. */
  NULL(0),
  TIMESTAMP(-1),
  BIGINT(8),
  DATE(-1),
  TIME(-1),
  DATETIME(-1),
  VARCHAR(-1),
  CHAR(-1),
  JSON(-1),
  BLOB(-1);

  private final int bytes;

  BindType(int bytes) {
    this.bytes = bytes;
  }

  /** Of a value; negative where it says its length itself. */
  int bytes() {
    return bytes;
  }

  boolean whole() {
    return switch (this) {
      case TINYINT, SMALLINT, INT, BIGINT -> true;
      case DECIMAL,
          FLOAT,
          DOUBLE,
          NULL,
          TIMESTAMP,
          DATE,
          TIME,
          DATETIME,
          VARCHAR,
          CHAR,
          JSON,
          BLOB ->
          false;
    };
  }

  /** As columns of it are called. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param code as it came, with or without the mark of unsigned numbers
   */
  static BindType of(int code) {
    return switch (code & 0xFF) {
      case ColumnType.DECIMAL, ColumnType.NEWDECIMAL -> DECIMAL;
      case ColumnType.TINY -> TINYINT;
      case ColumnType.SHORT -> SMALLINT;
      case ColumnType.LONG -> INT;
      case ColumnType.FLOAT -> FLOAT;
      case ColumnType.DOUBLE -> DOUBLE;
      case ColumnType.NULL -> NULL;
      case ColumnType.TIMESTAMP -> TIMESTAMP;
      case ColumnType.LONGLONG -> BIGINT;
      case ColumnType.DATE -> DATE;
      case ColumnType.TIME -> TIME;
      case ColumnType.DATETIME -> DATETIME;
      case ColumnType.VARCHAR, ColumnType.VAR_STRING -> VARCHAR;
      case ColumnType.STRING -> CHAR;
      case ColumnType.JSON -> JSON;
      case ColumnType.TINY_BLOB, ColumnType.MEDIUM_BLOB, ColumnType.LONG_BLOB, ColumnType.BLOB ->
          BLOB;
      default -> throw new ProtocolException("a value of a type that is not bound");
    };
  }
}
