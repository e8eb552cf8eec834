package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.TraceLine;
import java.util.StringJoiner;

/** The fields of a client's messages in {@link MessageTrace}. */
final class FrontendTrace {
  private FrontendTrace() {}

  static String fields(FrontendMessage message) {
    return switch (message) {
      case AuthResponse m -> "data=" + TraceLine.bytes(m.data());
      case Command m -> command(m);
      case HandshakeResponse41 m -> handshake(m);
      case LocalInfileData m -> "data=" + TraceLine.bytes(m.data());
      case SslRequest m -> "capabilities=" + m.capabilities();
    };
  }

  private static String handshake(HandshakeResponse41 message) {
    return "user="
        + TraceLine.quoted(message.user())
        + " auth="
        + TraceLine.bytes(message.authResponse())
        + " database="
        + (message.database() == null ? "none" : TraceLine.quoted(message.database()))
        + " plugin="
        + (message.plugin() == null ? "none" : TraceLine.quoted(message.plugin()))
        + " attributes="
        + MessageTrace.names(message.attributes().keySet())
        + " capabilities="
        + message.capabilities();
  }

  private static String command(Command command) {
    return switch (command) {
      case ComChangeUser m ->
          "user="
              + TraceLine.quoted(m.user())
              + " auth="
              + TraceLine.bytes(m.authResponse())
              + " database="
              + TraceLine.quoted(m.database());
      case ComInitDb m -> "schema=" + MessageTrace.text(m.schema());
      case ComPing _ -> "";
      case ComQuery m -> query(m);
      case ComQuit _ -> "";
      case ComResetConnection _ -> "";
      case ComSetOption m -> "option=" + m.option();
      case ComStatistics _ -> "";
      case ComStmtClose m -> statement(m.statement());
      case ComStmtExecute m ->
          statement(m.statement()) + " flags=" + m.flags() + " bound=" + TraceLine.bytes(m.bound());
      case ComStmtFetch m ->
          statement(m.statement()) + " rows=" + Integer.toUnsignedString(m.rows());
      case ComStmtPrepare m -> "text=" + MessageTrace.text(m.text());
      case ComStmtReset m -> statement(m.statement());
      case ComStmtSendLongData m ->
          statement(m.statement())
              + " parameter="
              + m.parameter()
              + " data="
              + TraceLine.bytes(m.data());
    };
  }

  private static String statement(int number) {
    return "statement=" + Integer.toUnsignedString(number);
  }

  private static String query(ComQuery message) {
    StringJoiner attributes = new StringJoiner(",", "[", "]");
    for (Parameter attribute : message.attributes()) {
      attributes.add(
          TraceLine.quoted(attribute.type().name()) + "=" + TraceLine.bytes(attribute.value()));
    }
    return "text=" + MessageTrace.text(message.text()) + " attributes=" + attributes;
  }
}
