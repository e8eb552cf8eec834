package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CancelRequest} must name.
 *
 * @param secretKey 4 bytes in protocol 3.0, up to 256 from 3.2 on
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record BackendKeyData(int processId, byte[] secretKey) implements BackendMessage {

  public BackendKeyData {
    checkSecretKey(secretKey);
  }

  static BackendKeyData decode(ByteBuf body) {
    return new BackendKeyData(Fields.int32(body), secretKey(body));
  }

  /** The bounds are those of "Message Formats", BackendKeyData. */
  static void checkSecretKey(byte[] key) {
    if (key.length < 4 || key.length > 256) {
      throw new ProtocolException("a cancel key has 4 to 256 bytes");
    }
  }

  static byte[] secretKey(ByteBuf body) {
    if (body.readableBytes() > 256) {
      throw new ProtocolException("a cancel key has 4 to 256 bytes");
    }
    return Bodies.rest(body);
  }

  @Override
  public byte type() {
    return BackendType.BACKEND_KEY_DATA;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(processId);
    out.writeBytes(secretKey);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BackendKeyData that
        && processId == that.processId
        && MessageDigest.isEqual(secretKey, that.secretKey);
  }

  @Override
  public int hashCode() {
    return processId;
  }

  @Override
  public String toString() {
    return "BackendKeyData[" + processId + ", " + secretKey.length + " bytes]";
  }
}
