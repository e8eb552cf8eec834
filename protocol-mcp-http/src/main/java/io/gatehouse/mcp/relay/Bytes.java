package io.gatehouse.mcp.relay;

/**
 * A message in UTF-8. Says nothing of its content, which may be protected.
 *
 * @param array not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Bytes(byte[] array) {
  static final Bytes NONE = new Bytes(new byte[0]);

  int length() {
    return array.length;
  }

  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
