package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/** The packets that may come first on a connection; they have no type byte. */
public sealed interface StartupPacket
    permits CancelRequest, GssEncRequest, SslRequest, StartupMessage {

  /** Writes what follows the length. */
  void encodeBody(ByteBuf out);

  /** Writes the whole packet: length of itself and the body, body. */
  default void encode(ByteBuf out) {
    int start = out.writerIndex();
    out.writeInt(0);
    encodeBody(out);
    out.setInt(start, out.writerIndex() - start);
  }

  /**
   * Reads the whole body; its size is the caller's to bound.
   *
   * @param body exactly the body, without the length
   * @throws ProtocolException if it is no such packet
   */
  static StartupPacket decode(ByteBuf body) {
    int code = Fields.int32(body);
    return switch (code) {
      case CancelRequest.CODE -> CancelRequest.decode(body);
      case SslRequest.CODE -> SslRequest.decode(body);
      case GssEncRequest.CODE -> GssEncRequest.decode(body);
      default -> StartupMessage.decode(code, body);
    };
  }
}
