package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.message.BackendType;
import io.gatehouse.spi.Diagnostics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * An ErrorResponse of which the client may read a part only ("Error and Notice Message Fields").
 */
final class Diagnosis {
  /** Severity and code. */
  private static final String CODE = "SVC";

  /** Beside these, the message, the position in the client's own text, and the names of objects. */
  private static final String WITHOUT_DETAIL = CODE + "MPstcdn";

  private Diagnosis() {}

  /**
   * @param content the fields of an ErrorResponse; its indices are not moved
   * @return a whole message, the caller's to release
   */
  static ByteBuf of(ByteBuf content, Diagnostics diagnostics, ByteBufAllocator alloc) {
    ByteBuf out = alloc.buffer(content.readableBytes() + 128);
    out.writeByte(BackendType.ERROR_RESPONSE).writeInt(0);
    String kept = diagnostics == Diagnostics.CODE_ONLY ? CODE : WITHOUT_DETAIL;
    int at = content.readerIndex();
    while (content.getByte(at) != 0) {
      int end = content.indexOf(at + 1, content.writerIndex(), (byte) 0);
      if (kept.indexOf(content.getByte(at)) >= 0) {
        out.writeBytes(content, at, end + 1 - at);
      }
      at = end + 1;
    }
    if (diagnostics == Diagnostics.CODE_ONLY) {
      field(out, 'M', "the statement failed; the server's message could quote protected values");
      field(out, 'H', "The SQLSTATE says what kind of error it was.");
    }
    out.writeByte(0);
    return out.setInt(1, out.readableBytes() - 1);
  }

  private static void field(ByteBuf out, char kind, String text) {
    out.writeByte(kind);
    out.writeCharSequence(text, StandardCharsets.US_ASCII);
    out.writeByte(0);
  }
}
