package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.TraceLine;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The fields of a server's messages in {@link MessageTrace}. */
final class BackendTrace {
  private BackendTrace() {}

  static String fields(BackendMessage message) {
    return switch (message) {
      case Authentication m -> authentication(m);
      case BackendKeyData m ->
          "processId=" + m.processId() + " secretKey=" + TraceLine.bytes(m.secretKey());
      case BindComplete _ -> "";
      case CloseComplete _ -> "";
      case CommandComplete m -> "tag=" + TraceLine.quoted(m.tag());
      case CopyBothResponse m -> copy(m.format(), m.columnFormats());
      case CopyData m -> "data=" + TraceLine.bytes(m.data());
      case CopyDone _ -> "";
      case CopyInResponse m -> copy(m.format(), m.columnFormats());
      case CopyOutResponse m -> copy(m.format(), m.columnFormats());
      case DataRow m -> "values=" + TraceLine.values(m.values());
      case EmptyQueryResponse _ -> "";
      case ErrorResponse m -> notice(m.fields());
      case FunctionCallResponse m -> "value=" + TraceLine.bytes(m.value());
      case NegotiateProtocolVersion m ->
          "newestMinor=" + m.newestMinor() + " unrecognized=" + strings(m.unrecognized());
      case NoData _ -> "";
      case NoticeResponse m -> notice(m.fields());
      case NotificationResponse m ->
          "processId="
              + m.processId()
              + " channel="
              + TraceLine.quoted(m.channel())
              + " payload="
              + characters(m.payload());
      case ParameterDescription m -> "types=" + MessageTrace.numbers(m.types());
      case ParameterStatus m -> TraceLine.quoted(m.name()) + "=" + TraceLine.quoted(m.value());
      case ParseComplete _ -> "";
      case PortalSuspended _ -> "";
      case ReadyForQuery m -> "status=" + (char) m.status();
      case RowDescription m -> rowDescription(m);
    };
  }

  private static String authentication(Authentication message) {
    return switch (message) {
      case AuthenticationOk _ -> "";
      case AuthenticationCleartextPassword _ -> "";
      case AuthenticationMD5Password m -> "salt=" + TraceLine.bytes(m.salt());
      case AuthenticationSASL m -> "mechanisms=" + strings(m.mechanisms());
      case AuthenticationSASLContinue m -> "data=" + TraceLine.bytes(m.data());
      case AuthenticationSASLFinal m -> "data=" + TraceLine.bytes(m.data());
      case AuthenticationUnsupported m -> "code=" + m.code();
    };
  }

  /** Severity and SQLSTATE as they are; all else may quote data. */
  private static String notice(Map<Character, String> fields) {
    StringJoiner list = new StringJoiner(" ");
    fields.forEach(
        (type, value) -> {
          boolean plain = type == 'S' || type == 'V' || type == 'C';
          String name = type > ' ' && type < 0x7F ? type.toString() : "#" + (int) type;
          list.add(name + "=" + (plain ? TraceLine.quoted(value) : characters(value)));
        });
    return list.toString();
  }

  private static String characters(String value) {
    return value.length() + "C";
  }

  private static String copy(int format, int[] columnFormats) {
    return "format=" + format + " columnFormats=" + MessageTrace.numbers(columnFormats);
  }

  private static String strings(List<String> values) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    values.forEach(value -> list.add(TraceLine.quoted(value)));
    return list.toString();
  }

  private static String rowDescription(RowDescription message) {
    StringJoiner list = new StringJoiner(",", "fields=[", "]");
    for (RowDescription.Field field : message.fields()) {
      list.add(
          TraceLine.quoted(field.name())
              + " table="
              + Integer.toUnsignedString(field.tableOid())
              + "."
              + field.column()
              + " type="
              + Integer.toUnsignedString(field.typeOid())
              + " format="
              + field.format());
    }
    return list.toString();
  }
}
