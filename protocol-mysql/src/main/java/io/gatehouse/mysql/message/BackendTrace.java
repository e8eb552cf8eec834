package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.TraceLine;
import java.util.StringJoiner;

/** The fields of a server's messages in {@link MessageTrace}. */
final class BackendTrace {
  private BackendTrace() {}

  static String fields(BackendMessage message) {
    return switch (message) {
      case AuthMoreData m -> "data=" + TraceLine.bytes(m.data());
      case AuthNextFactor m -> plugin(m.plugin(), m.data());
      case AuthSwitchRequest m -> plugin(m.plugin(), m.data());
      case BinaryRow m -> "values=" + TraceLine.values(m.values());
      case ColumnCount m -> "columns=" + m.columns();
      case ColumnDefinition41 m -> column(m);
      case EofPacket m -> status(m.status()) + " warnings=" + m.warnings();
      case ErrPacket m ->
          "code="
              + m.code()
              + " sqlState="
              + (m.sqlState() == null ? "none" : TraceLine.quoted(m.sqlState()))
              + " message="
              + MessageTrace.characters(m.message());
      case HandshakeV10 m ->
          "version="
              + TraceLine.quoted(m.serverVersion())
              + " connection="
              + Integer.toUnsignedString(m.connectionId())
              + " "
              + plugin(m.plugin(), m.authData())
              + " capabilities="
              + m.capabilities();
      case LocalInfileRequest m -> "file=" + TraceLine.bytes(m.file());
      case OkPacket m -> ok(m);
      case PrepareOk m ->
          "statement="
              + Integer.toUnsignedString(m.statement())
              + " columns="
              + m.columns()
              + " parameters="
              + m.parameters();
      case StatisticsText m -> "text=" + TraceLine.bytes(m.data());
      case TextRow m -> "values=" + TraceLine.values(m.values());
    };
  }

  private static String plugin(String name, byte[] data) {
    return "plugin=" + TraceLine.quoted(name) + " data=" + TraceLine.bytes(data);
  }

  private static String status(int status) {
    return "status=0x" + Integer.toHexString(status);
  }

  private static String column(ColumnDefinition41 message) {
    ColumnDefinition41.Origin origin = message.origin();
    return TraceLine.quoted(message.name())
        + " of="
        + TraceLine.quoted(origin.schema())
        + "."
        + TraceLine.quoted(origin.originalTable())
        + "."
        + TraceLine.quoted(origin.originalName())
        + " type="
        + message.type()
        + " flags=0x"
        + Integer.toHexString(message.flags())
        + " charset="
        + message.charset();
  }

  /** The last inserted number is a value, and so may be what is said of rows. */
  private static String ok(OkPacket message) {
    StringJoiner changes = new StringJoiner(",", "[", "]");
    for (SessionChange change : message.changes()) {
      changes.add(change(change));
    }
    return "affected="
        + Long.toUnsignedString(message.affectedRows())
        + " "
        + status(message.status())
        + " warnings="
        + message.warnings()
        + " info="
        + MessageTrace.characters(message.info())
        + " changes="
        + changes;
  }

  private static String change(SessionChange change) {
    return switch (change) {
      case SessionChange.Variables(var settings) ->
          MessageTrace.names(settings.stream().map(SessionChange.Setting::name).toList());
      case SessionChange.Schema(String name) -> "schema=" + TraceLine.quoted(name);
      case SessionChange.Other m -> m.type() + ":" + TraceLine.bytes(m.data());
    };
  }
}
