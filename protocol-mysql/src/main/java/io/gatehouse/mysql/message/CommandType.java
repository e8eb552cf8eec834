package io.gatehouse.mysql.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command bytes that the gate takes. It is an allow-list: replication, process lists, shutdown
 * and whatever a later server may add are refused because they are not on it.
 */
public enum CommandType {
  COM_QUIT(0x01),
  COM_INIT_DB(0x02),
  COM_QUERY(0x03),
  COM_STATISTICS(0x09),
  COM_PING(0x0E),
  COM_CHANGE_USER(0x11),
  COM_STMT_PREPARE(0x16),
  COM_STMT_EXECUTE(0x17),
  COM_STMT_SEND_LONG_DATA(0x18),
  COM_STMT_CLOSE(0x19),
  COM_STMT_RESET(0x1A),
  COM_SET_OPTION(0x1B),
  COM_STMT_FETCH(0x1C),
  COM_RESET_CONNECTION(0x1F);

  private static final @Nullable CommandType[] BY_CODE = byCode();

  private final int code;

  CommandType(int code) {
    this.code = code;
  }

  private static @Nullable CommandType[] byCode() {
    @Nullable CommandType[] table = new CommandType[0x100];
    for (CommandType type : values()) {
      table[type.code] = type;
    }
    return table;
  }

  /** Its byte on the wire. */
  public int code() {
    return code;
  }

  /** Empty for what is not on the list. */
  public static Optional<CommandType> of(int code) {
    return Optional.ofNullable(BY_CODE[code & 0xFF]);
  }

  /** Whether the server says nothing to it, not even in an error. */
  public boolean unanswered() {
    return switch (this) {
      case COM_QUIT, COM_STMT_SEND_LONG_DATA, COM_STMT_CLOSE -> true;
      case COM_INIT_DB,
          COM_QUERY,
          COM_STATISTICS,
          COM_PING,
          COM_CHANGE_USER,
          COM_STMT_PREPARE,
          COM_STMT_EXECUTE,
          COM_STMT_RESET,
          COM_SET_OPTION,
          COM_STMT_FETCH,
          COM_RESET_CONNECTION ->
          false;
    };
  }
}
