package io.gatehouse.mcp.frame;

import io.gatehouse.mcp.frame.BrokenMessage.Fault;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header or trailer fields up to the empty line behind them, bounded. */
final class FieldLines {
  private final Lines lines = new Lines();
  private final int mostFields;
  private final List<Headers.Field> fields = new ArrayList<>();
  private int room;

  FieldLines(int mostBytes, int mostFields) {
    this.room = mostBytes;
    this.mostFields = mostFields;
  }

  /** All of them; null until they are there. */
  @Nullable Headers read(ByteBuf in) {
    while (true) {
      String line = lines.next(in, room, Fault.HEADERS_TOO_LARGE);
      if (line == null) {
        return null;
      }
      if (line.isEmpty()) {
        return new Headers(fields);
      }
      room = Math.max(0, room - line.length() - 2);
      if (fields.size() == mostFields) {
        throw new BrokenMessage(Fault.TOO_MANY_HEADERS, "there are too many headers");
      }
      fields.add(field(line));
    }
  }

  private static Headers.Field field(String line) {
    if (Characters.blank(line.charAt(0))) {
      throw BrokenMessage.malformed("a header goes on in the next line");
    }
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw BrokenMessage.malformed("a header has no colon");
    }
    return new Headers.Field(
        line.substring(0, colon), Characters.trimmed(line.substring(colon + 1)));
  }
}
