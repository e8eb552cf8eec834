package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** What NOTIFY sent; may come at any time. */
public record NotificationResponse(int processId, String channel, String payload)
    implements BackendMessage {

  public NotificationResponse {
    Bodies.checkTerminated(channel);
    Bodies.checkTerminated(payload);
  }

  static NotificationResponse decode(ByteBuf body) {
    NotificationResponse message =
        new NotificationResponse(
            Fields.int32(body), Fields.lenientString(body), Fields.lenientString(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return BackendType.NOTIFICATION_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(processId);
    Fields.writeString(out, channel);
    Fields.writeString(out, payload);
  }
}
