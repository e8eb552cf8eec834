package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * CopyData in both directions; only replication uses it.
 *
 * @param format of the whole: 0 text, 1 binary
 * @param columnFormats of each column; all 0 if the whole is text
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record CopyBothResponse(int format, int[] columnFormats) implements BackendMessage {

  public CopyBothResponse {
    Fields.checkCount16(columnFormats.length);
  }

  static CopyBothResponse decode(ByteBuf body) {
    CopyBothResponse message = new CopyBothResponse(Fields.int8(body), Fields.int16s(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return BackendType.COPY_BOTH_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeByte(format);
    Fields.writeInt16s(out, columnFormats);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CopyBothResponse that
        && format == that.format
        && Arrays.equals(columnFormats, that.columnFormats);
  }

  @Override
  public int hashCode() {
    return 31 * format + Arrays.hashCode(columnFormats);
  }

  @Override
  public String toString() {
    return "CopyBothResponse[" + format + ", " + Arrays.toString(columnFormats) + "]";
  }
}
