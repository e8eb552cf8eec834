package io.gatehouse.postgres.message;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Sent alone on a connection of its own; never answered.
 *
 * @param processId as in {@link BackendKeyData}
 * @param secretKey as in {@link BackendKeyData}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record CancelRequest(int processId, byte[] secretKey) implements StartupPacket {

  /** 1234.5678, a version that no protocol will have. */
  public static final int CODE = 80877102;

  public CancelRequest {
    BackendKeyData.checkSecretKey(secretKey);
  }

  static CancelRequest decode(ByteBuf body) {
    return new CancelRequest(Fields.int32(body), BackendKeyData.secretKey(body));
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(CODE);
    out.writeInt(processId);
    out.writeBytes(secretKey);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CancelRequest that
        && processId == that.processId
        && MessageDigest.isEqual(secretKey, that.secretKey);
  }

  @Override
  public int hashCode() {
    return processId;
  }

  @Override
  public String toString() {
    return "CancelRequest[" + processId + ", " + secretKey.length + " bytes]";
  }
}
