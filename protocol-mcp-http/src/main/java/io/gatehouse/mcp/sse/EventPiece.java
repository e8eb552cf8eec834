package io.gatehouse.mcp.sse;

/** A piece of a stream of events. All pieces in turn are the stream, byte by byte. */
public sealed interface EventPiece permits ServerEvent, Filler {

  /** Its bytes as they came; not to be changed. */
  byte[] bytes();
}
