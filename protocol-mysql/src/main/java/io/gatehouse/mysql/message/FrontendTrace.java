package io.gatehouse.mysql.message;

import java.util.StringJoiner;

/** The fields of a client's messages in {@link MessageTrace}. */
final class FrontendTrace {
  private FrontendTrace() {}

  static String fields(FrontendMessage message) {
    return switch (message) {
      case AuthResponse m -> "data=" + MessageTrace.bytes(m.data());
      case Command m -> command(m);
      case HandshakeResponse41 m -> handshake(m);
      case LocalInfileData m -> "data=" + MessageTrace.bytes(m.data());
      case SslRequest m -> "capabilities=" + m.capabilities();
    };
  }

  private static String handshake(HandshakeResponse41 message) {
    return "user="
        + MessageTrace.quoted(message.user())
        + " auth="
        + MessageTrace.bytes(message.authResponse())
        + " database="
        + (message.database() == null ? "none" : MessageTrace.quoted(message.database()))
        + " plugin="
        + (message.plugin() == null ? "none" : MessageTrace.quoted(message.plugin()))
        + " attributes="
        + MessageTrace.names(message.attributes().keySet())
        + " capabilities="
        + message.capabilities();
  }

  private static String command(Command command) {
    return switch (command) {
      case ComChangeUser m ->
          "user="
              + MessageTrace.quoted(m.user())
              + " auth="
              + MessageTrace.bytes(m.authResponse())
              + " database="
              + MessageTrace.quoted(m.database());
      case ComInitDb m -> "schema=" + MessageTrace.quoted(m.schema());
      case ComPing _ -> "";
      case ComQuery m -> query(m);
      case ComQuit _ -> "";
      case ComResetConnection _ -> "";
      case ComSetOption m -> "option=" + m.option();
      case ComStatistics _ -> "";
      case ComStmtClose m -> statement(m.statement());
      case ComStmtExecute m ->
          statement(m.statement())
              + " flags="
              + m.flags()
              + " bound="
              + MessageTrace.bytes(m.bound());
      case ComStmtFetch m ->
          statement(m.statement()) + " rows=" + Integer.toUnsignedString(m.rows());
      case ComStmtPrepare m -> "text=" + MessageTrace.quoted(m.text());
      case ComStmtReset m -> statement(m.statement());
      case ComStmtSendLongData m ->
          statement(m.statement())
              + " parameter="
              + m.parameter()
              + " data="
              + MessageTrace.bytes(m.data());
    };
  }

  private static String statement(int number) {
    return "statement=" + Integer.toUnsignedString(number);
  }

  private static String query(ComQuery message) {
    StringJoiner attributes = new StringJoiner(",", "[", "]");
    for (Parameter attribute : message.attributes()) {
      attributes.add(
          MessageTrace.quoted(attribute.type().name())
              + "="
              + MessageTrace.bytes(attribute.value()));
    }
    return "text=" + MessageTrace.quoted(message.text()) + " attributes=" + attributes;
  }
}
