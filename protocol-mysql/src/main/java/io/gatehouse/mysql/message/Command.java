package io.gatehouse.mysql.message;

/** What a client asks for once it is logged in. */
public sealed interface Command extends FrontendMessage
    permits ComChangeUser,
        ComInitDb,
        ComPing,
        ComQuery,
        ComQuit,
        ComResetConnection,
        ComSetOption,
        ComStatistics,
        ComStmtClose,
        ComStmtExecute,
        ComStmtFetch,
        ComStmtPrepare,
        ComStmtReset,
        ComStmtSendLongData {

  /** The byte that names it on the wire. */
  CommandType type();
}
