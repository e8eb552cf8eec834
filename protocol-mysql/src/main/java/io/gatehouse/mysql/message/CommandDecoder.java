package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/** From a client's payload to a {@link Command}. */
public final class CommandDecoder {
  private CommandDecoder() {}

  /**
   * Reads the whole payload.
   *
   * @param body exactly the payload, whose first byte says which command it is
   * @throws ProtocolException if it is not such a command, or none that the gate takes
   */
  public static Command decode(ByteBuf body, Capabilities spoken) {
    CommandType type =
        CommandType.of(Fields.int8(body))
            .orElseThrow(() -> new ProtocolException("a command that the gate does not take"));
    return switch (type) {
      case COM_QUIT -> ComQuit.decodeBody(body);
      case COM_INIT_DB -> ComInitDb.decodeBody(body);
      case COM_QUERY -> ComQuery.decodeBody(body, spoken);
      case COM_STATISTICS -> ComStatistics.decodeBody(body);
      case COM_PING -> ComPing.decodeBody(body);
      case COM_CHANGE_USER -> ComChangeUser.decodeBody(body, spoken);
      case COM_STMT_PREPARE -> ComStmtPrepare.decodeBody(body);
      case COM_STMT_EXECUTE -> ComStmtExecute.decodeBody(body);
      case COM_STMT_SEND_LONG_DATA -> ComStmtSendLongData.decodeBody(body);
      case COM_STMT_CLOSE -> ComStmtClose.decodeBody(body);
      case COM_STMT_RESET -> ComStmtReset.decodeBody(body);
      case COM_SET_OPTION -> ComSetOption.decodeBody(body);
      case COM_STMT_FETCH -> ComStmtFetch.decodeBody(body);
      case COM_RESET_CONNECTION -> ComResetConnection.decodeBody(body);
    };
  }
}
