package io.gatehouse.mcp.sse;

/**
 * A comment or an empty line between two events. Clients pass over it; a server keeps a connection
 * alive by it. What stands in a comment is the server's word, and can carry data out like any
 * other.
 */
public final class Filler implements EventPiece {
  private final byte[] bytes;

  Filler(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  /** Whether it is a comment, and not an empty line. */
  public boolean comment() {
    return bytes[0] != '\n' && bytes[0] != '\r';
  }
}
