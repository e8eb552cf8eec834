package io.gatehouse.mysql.frame;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Makes packets of a payload. Stateless. */
public final class PacketWriter {
  private PacketWriter() {}

  /**
   * Appends the payload as packets.
   *
   * @param sequence the first packet's number; its lowest eight bits count
   * @param payload writes it
   * @return the number after the last packet's
   */
  public static int write(ByteBuf out, int sequence, Consumer<ByteBuf> payload) {
    int start = out.writerIndex();
    out.writeZero(PacketReader.HEADER_BYTES);
    payload.accept(out);
    int length = out.writerIndex() - start - PacketReader.HEADER_BYTES;
    if (length < PacketReader.FULL_BYTES) {
      return header(out, start, length, sequence);
    }
    return split(out, start, length, sequence);
  }

  private static int header(ByteBuf out, int at, int length, int sequence) {
    out.setMediumLE(at, length);
    out.setByte(at + 3, sequence);
    return (sequence + 1) & 0xFF;
  }

  /** Rare, so that the rest may be copied to make room for the headers in it. */
  private static int split(ByteBuf out, int start, int length, int sequence) {
    int next = header(out, start, PacketReader.FULL_BYTES, sequence);
    int from = start + PacketReader.HEADER_BYTES + PacketReader.FULL_BYTES;
    ByteBuf rest = out.copy(from, length - PacketReader.FULL_BYTES);
    try {
      out.writerIndex(from);
      int part;
      do {
        part = Math.min(PacketReader.FULL_BYTES, rest.readableBytes());
        int at = out.writerIndex();
        out.writeZero(PacketReader.HEADER_BYTES).writeBytes(rest, part);
        next = header(out, at, part, next);
      } while (part == PacketReader.FULL_BYTES);
      return next;
    } finally {
      rest.release();
    }
  }
}
