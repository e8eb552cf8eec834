package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;

/** Which of some values are NULL, as bits ("NULL-Bitmap"). */
final class NullBits {
  private NullBits() {}

  /**
   * @param offset bits that stand before the first value's
   */
  static BitSet read(ByteBuf body, int count, int offset) {
    BitSet bits = BitSet.valueOf(Bodies.bytes(body, bytes(count, offset)));
    if (bits.length() > count + offset || !bits.get(0, offset).isEmpty()) {
      throw new ProtocolException("a value that there is not is NULL");
    }
    return bits.get(offset, Math.max(offset, bits.length()));
  }

  static void write(ByteBuf out, BitSet nulls, int count, int offset) {
    byte[] all = new byte[bytes(count, offset)];
    nulls.stream().map(i -> i + offset).forEach(i -> all[i / 8] |= (byte) (1 << (i % 8)));
    out.writeBytes(all);
  }

  private static int bytes(int count, int offset) {
    return (count + offset + 7) / 8;
  }
}
