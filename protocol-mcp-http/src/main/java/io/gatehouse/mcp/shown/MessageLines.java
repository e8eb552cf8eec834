package io.gatehouse.mcp.shown;

import io.gatehouse.spi.ResultReader;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.MalformedJsonException;
import java.io.ByteArrayOutputStream;

/**
 * Cuts what a client got into messages: a text of JSON each, with a line end behind it. A text may
 * have line ends of its own, outside of its strings. Holds one message at most; not thread-safe.
 */
public final class MessageLines implements ResultReader {
  /** A longer one is told of and not shown. */
  static final int MOST_BYTES = 16 << 20;

  private final MessageWords words;
  private final Sink sink;
  private ByteArrayOutputStream held = new ByteArrayOutputStream();
  private long length;
  private int depth;
  private boolean inString;
  private boolean escaped;

  public MessageLines(Sink sink) {
    this.sink = sink;
    words = new MessageWords(sink);
  }

  @Override
  public void take(byte[] part) {
    int from = 0;
    for (int at = 0; at < part.length; at++) {
      if (ends(part[at])) {
        hold(part, from, at);
        from = at + 1;
        message();
      }
    }
    hold(part, from, part.length);
  }

  private boolean ends(byte b) {
    if (inString) {
      inString = escaped || b != '"';
      escaped = !escaped && b == '\\';
      return false;
    }
    switch (b) {
      case '"' -> inString = true;
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      default -> {}
    }
    return b == '\n' && depth <= 0;
  }

  private void hold(byte[] part, int from, int to) {
    length += to - from;
    if (length <= MOST_BYTES) {
      held.write(part, from, to - from);
    }
  }

  private void message() {
    byte[] bytes = held.toByteArray();
    long whole = length;
    held = new ByteArrayOutputStream();
    length = 0;
    depth = 0;
    if (whole > MOST_BYTES) {
      sink.unread("a message of " + whole + " bytes");
    } else if (whole > 0) {
      read(bytes);
    }
  }

  private void read(byte[] bytes) {
    try {
      words.say(JsonText.read(bytes, JsonLimits.DEFAULTS.withBytes(MOST_BYTES)).root());
    } catch (MalformedJsonException e) {
      sink.unread(bytes.length + " bytes that are no message");
    }
  }

  @Override
  public void end() {
    if (length > 0) {
      sink.unread("a message that breaks off after " + length + " bytes");
    }
    held = new ByteArrayOutputStream();
    length = 0;
  }
}
