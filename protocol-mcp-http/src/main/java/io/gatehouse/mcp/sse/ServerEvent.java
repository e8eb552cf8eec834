package io.gatehouse.mcp.sse;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** Lines up to an empty one. Says nothing of its content. */
public final class ServerEvent implements EventPiece {
  private final byte[] bytes;
  private final EventFields fields;

  ServerEvent(byte[] bytes, EventFields fields) {
    this.bytes = bytes;
    this.fields = fields;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  /** What kind of event; "message" where it says nothing. */
  public String type() {
    return fields.type().isEmpty() ? "message" : fields.type();
  }

  /** Without a field of data a client takes its id and its time, and shows nobody an event. */
  public boolean hasData() {
    return fields.hasData();
  }

  /** The lines of data with a line feed between two, in UTF-8; not to be changed. */
  public byte[] data() {
    return fields.data();
  }

  /** The data as text. */
  public String text() {
    return new String(data(), StandardCharsets.UTF_8);
  }

  /** What a client says it saw last when it comes again; empty text takes an older one away. */
  public Optional<String> id() {
    return fields.id();
  }

  /** After how many milliseconds a client should come again. */
  public OptionalLong retry() {
    return fields.retry();
  }

  /** Whether it holds lines that clients pass over: comments, and fields without a meaning. */
  public boolean hasIgnoredLines() {
    return fields.ignoredLines();
  }

  @Override
  public String toString() {
    return "event of " + bytes.length + " bytes";
  }
}
