package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.TraceLine;
import java.util.StringJoiner;

/**
 * Messages in one line each, for support and for tests. What a line never holds: passwords, keys,
 * and values, whether bound, returned, copied or quoted in an error; of those it gives the length.
 * Statements are shown as they are.
 */
public final class MessageTrace {

  private MessageTrace() {}

  public static String line(TraceLine.Direction direction, Message message) {
    String fields =
        switch (message) {
          case FrontendMessage frontend -> FrontendTrace.fields(frontend);
          case BackendMessage backend -> BackendTrace.fields(backend);
        };
    return TraceLine.of(direction, message, fields);
  }

  public static String line(TraceLine.Direction direction, StartupPacket packet) {
    return TraceLine.of(direction, packet, FrontendTrace.fields(packet));
  }

  static String numbers(int[] values) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    for (int value : values) {
      list.add(Integer.toUnsignedString(value));
    }
    return list.toString();
  }
}
