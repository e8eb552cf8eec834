package io.gatehouse.mysql.frame;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of a login: short ones, taken whole, with numbers that count through both
 * directions. Owned by one event loop.
 */
public final class LoginPackets {
  private final int most;
  private int sequence;

  /**
   * @param most bytes of a payload
   * @param sequence the number of the first packet, whoever sends it
   */
  public LoginPackets(int most, int sequence) {
    this.most = Math.min(most, PacketReader.FULL_BYTES - 1);
    this.sequence = sequence;
  }

  /** The next packet's number, whoever sends it. */
  public int sequence() {
    return sequence;
  }

  /**
   * The next payload if it is there.
   *
   * @return a slice, valid as long as what was read
   * @throws ProtocolException if it is too long or out of turn
   */
  public @Nullable ByteBuf next(ByteBuf in) {
    if (in.readableBytes() < PacketReader.HEADER_BYTES) {
      return null;
    }
    int length = in.getUnsignedMediumLE(in.readerIndex());
    if (length > most) {
      throw new ProtocolException("a message of the login is too long");
    }
    if (in.getUnsignedByte(in.readerIndex() + 3) != sequence) {
      throw new ProtocolException("packets out of order");
    }
    if (in.readableBytes() < PacketReader.HEADER_BYTES + length) {
      return null;
    }
    sequence = (sequence + 1) & 0xFF;
    return in.skipBytes(PacketReader.HEADER_BYTES).readSlice(length);
  }

  /** A message of ours, as a packet. */
  public ByteBuf packet(ByteBuf out, java.util.function.Consumer<ByteBuf> payload) {
    sequence = PacketWriter.write(out, sequence, payload);
    return out;
  }
}
