package io.gatehouse.postgres.relay;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What a CommandComplete tells beside that it completed.
 *
 * @param rows the number at its end, -1 if there is none
 * @param effect what the command did to the names of prepared statements and portals
 */
record CommandTag(long rows, Effect effect) {

  enum Effect {
    NONE,
    DECLARE,
    PREPARE,
    DEALLOCATE_ALL
  }

  private static final byte[] PREPARE = "PREPARE\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DECLARE = "DECLARE CURSOR\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DEALLOCATE_ALL =
      "DEALLOCATE ALL\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DISCARD_ALL = "DISCARD ALL\0".getBytes(StandardCharsets.US_ASCII);

  static CommandTag read(ByteBuf content) {
    return new CommandTag(rows(content), effect(content));
  }

  private static long rows(ByteBuf content) {
    int index = content.writerIndex() - 2;
    long rows = 0;
    long scale = 1;
    while (index >= content.readerIndex() && scale < 1_000_000_000_000_000_000L) {
      int digit = content.getByte(index--) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      rows += digit * scale;
      scale *= 10;
    }
    return scale == 1 ? -1 : rows;
  }

  private static Effect effect(ByteBuf content) {
    if (is(content, PREPARE)) {
      return Effect.PREPARE;
    }
    if (is(content, DECLARE)) {
      return Effect.DECLARE;
    }
    return is(content, DEALLOCATE_ALL) || is(content, DISCARD_ALL)
        ? Effect.DEALLOCATE_ALL
        : Effect.NONE;
  }

  private static boolean is(ByteBuf content, byte[] tag) {
    if (content.readableBytes() != tag.length) {
      return false;
    }
    for (int i = 0; i < tag.length; i++) {
      if (content.getByte(content.readerIndex() + i) != tag[i]) {
        return false;
      }
    }
    return true;
  }
}
