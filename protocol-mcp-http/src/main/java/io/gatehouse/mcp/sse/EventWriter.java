package io.gatehouse.mcp.sse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes events of the gate's own. Buffers are the caller's before and after. */
public final class EventWriter {
  private EventWriter() {}

  /**
   * An event.
   *
   * @param type "message" is not written, since it is what clients take where nothing is said
   * @param utf8 the data; each of its lines becomes a line, whatever it ends in
   * @throws IllegalArgumentException if the type or id holds the end of a line, or the id NUL
   */
  public static void event(ByteBuf out, String type, Optional<String> id, byte[] utf8) {
    requireLine(type);
    id.ifPresent(EventWriter::requireLine);
    if (!type.equals("message")) {
      field(out, "event: ", type);
    }
    id.ifPresent(value -> field(out, "id: ", value));
    data(out, utf8);
    out.writeByte('\n');
  }

  /** After how many milliseconds a client should come again. */
  public static void retry(ByteBuf out, long millis) {
    field(out, "retry: ", Long.toString(millis));
    out.writeByte('\n');
  }

  /** What keeps a connection alive and means nothing. */
  public static void keepAlive(ByteBuf out) {
    ByteBufUtil.writeAscii(out, ":\n\n");
  }

  private static void data(ByteBuf out, byte[] utf8) {
    int start = 0;
    for (int at = 0; at <= utf8.length; at++) {
      if (at < utf8.length && utf8[at] != '\n' && utf8[at] != '\r') {
        continue;
      }
      ByteBufUtil.writeAscii(out, "data: ");
      out.writeBytes(utf8, start, at - start);
      out.writeByte('\n');
      if (at + 1 < utf8.length && utf8[at] == '\r' && utf8[at + 1] == '\n') {
        at++;
      }
      start = at + 1;
    }
  }

  private static void field(ByteBuf out, String name, String value) {
    ByteBufUtil.writeAscii(out, name);
    out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    out.writeByte('\n');
  }

  private static void requireLine(String value) {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException("a type or id of an event is one line");
    }
  }
}
