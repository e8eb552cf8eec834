package io.gatehouse.mcp.frame;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines that end in CR LF and hold neither otherwise. Looks at each byte once. */
final class Lines {
  private int seen;

  /**
   * The next line without its end; null until it is whole.
   *
   * @param most bytes that it may have
   */
  @Nullable String next(ByteBuf in, int most, BrokenMessage.Fault tooLong) {
    int start = in.readerIndex();
    int end = in.indexOf(start + seen, in.writerIndex(), (byte) '\n');
    int length = (end < 0 ? in.writerIndex() : end + 1) - start;
    if (length > most + 2) {
      throw new BrokenMessage(tooLong, "a line is too long");
    }
    if (end < 0) {
      seen = length;
      return null;
    }
    seen = 0;
    if (length < 2 || in.getByte(end - 1) != '\r') {
      throw BrokenMessage.malformed("a line does not end in CR LF");
    }
    String line = in.readCharSequence(length - 2, StandardCharsets.ISO_8859_1).toString();
    in.skipBytes(2);
    if (!Characters.fieldValue(line)) {
      throw BrokenMessage.malformed("a line holds a control character");
    }
    return line;
  }
}
