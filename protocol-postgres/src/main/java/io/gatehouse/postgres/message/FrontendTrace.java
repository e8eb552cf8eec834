package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.TraceLine;
import java.util.StringJoiner;

/** The fields of a client's messages in {@link MessageTrace}. */
final class FrontendTrace {
  private FrontendTrace() {}

  static String fields(FrontendMessage message) {
    return switch (message) {
      case AuthenticationResponse m -> "data=" + TraceLine.bytes(m.data());
      case Bind m -> bind(m);
      case Close m -> named(m.kind(), m.name());
      case CopyData m -> "data=" + TraceLine.bytes(m.data());
      case CopyDone _ -> "";
      case CopyFail m -> "reason=" + TraceLine.quoted(m.reason());
      case Describe m -> named(m.kind(), m.name());
      case Execute m -> "portal=" + TraceLine.quoted(m.portal()) + " maxRows=" + m.maxRows();
      case Flush _ -> "";
      case FunctionCall m -> functionCall(m);
      case Parse m ->
          "name="
              + TraceLine.quoted(m.name())
              + " query="
              + TraceLine.quoted(m.query())
              + " types="
              + MessageTrace.numbers(m.parameterTypes());
      case PasswordMessage m -> "password=" + TraceLine.bytes(m.password());
      case Query m -> "query=" + TraceLine.quoted(m.query());
      case SASLInitialResponse m ->
          "mechanism=" + TraceLine.quoted(m.mechanism()) + " data=" + TraceLine.bytes(m.data());
      case SASLResponse m -> "data=" + TraceLine.bytes(m.data());
      case Sync _ -> "";
      case Terminate _ -> "";
    };
  }

  static String fields(StartupPacket packet) {
    return switch (packet) {
      case CancelRequest p ->
          "processId=" + p.processId() + " secretKey=" + TraceLine.bytes(p.secretKey());
      case GssEncRequest _ -> "";
      case SslRequest _ -> "";
      case StartupMessage p -> startup(p);
    };
  }

  private static String startup(StartupMessage packet) {
    StringJoiner list = new StringJoiner(" ");
    list.add("version=" + packet.major() + "." + packet.minor());
    packet
        .parameters()
        .forEach((name, value) -> list.add(TraceLine.quoted(name) + "=" + TraceLine.quoted(value)));
    return list.toString();
  }

  private static String named(Kind kind, String name) {
    String what =
        switch (kind) {
          case STATEMENT -> "statement=";
          case PORTAL -> "portal=";
        };
    return what + TraceLine.quoted(name);
  }

  private static String bind(Bind message) {
    return "portal="
        + TraceLine.quoted(message.portal())
        + " statement="
        + TraceLine.quoted(message.statement())
        + " formats="
        + MessageTrace.numbers(message.parameterFormats())
        + " parameters="
        + TraceLine.values(message.parameters())
        + " resultFormats="
        + MessageTrace.numbers(message.resultFormats());
  }

  private static String functionCall(FunctionCall message) {
    return "function="
        + Integer.toUnsignedString(message.function())
        + " formats="
        + MessageTrace.numbers(message.argumentFormats())
        + " arguments="
        + TraceLine.values(message.arguments())
        + " resultFormat="
        + message.resultFormat();
  }
}
