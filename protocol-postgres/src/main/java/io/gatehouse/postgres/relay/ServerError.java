package io.gatehouse.postgres.relay;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The two facts of an ErrorResponse that the relay acts on.
 *
 * @param sqlState field C, empty if missing
 * @param fatal whether the server closes the connection after it
 */
record ServerError(String sqlState, boolean fatal) {

  static ServerError read(ByteBuf content) {
    String sqlState = "";
    String severity = "";
    while (true) {
      byte field = Frames.kind(content);
      if (field == 0) {
        break;
      }
      int length = content.bytesBefore((byte) 0);
      if (length < 0) {
        throw new ProtocolException("string without its terminating zero");
      }
      if (field == 'C') {
        sqlState = content.toString(content.readerIndex(), length, StandardCharsets.US_ASCII);
      } else if (field == 'V') {
        severity = content.toString(content.readerIndex(), length, StandardCharsets.US_ASCII);
      }
      content.skipBytes(length + 1);
    }
    return new ServerError(sqlState, severity.equals("FATAL") || severity.equals("PANIC"));
  }
}
