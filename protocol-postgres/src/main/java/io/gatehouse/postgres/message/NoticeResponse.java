package io.gatehouse.postgres.message;

import io.netty.buffer.ByteBuf;
import java.util.Map;

/**
 * A warning or a word to the user; may come at any time.
 *
 * @param fields by type as in "Error and Notice Message Fields", in the sender's order
 */
public record NoticeResponse(Map<Character, String> fields) implements BackendMessage {

  public NoticeResponse {
    fields = NoticeFields.checked(fields);
  }

  /** Severity is WARNING, NOTICE, DEBUG, INFO or LOG. */
  public static NoticeResponse of(String severity, String sqlState, String message) {
    return new NoticeResponse(NoticeFields.of(severity, sqlState, message));
  }

  static NoticeResponse decode(ByteBuf body) {
    return new NoticeResponse(NoticeFields.decode(body));
  }

  @Override
  public byte type() {
    return BackendType.NOTICE_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    NoticeFields.encode(out, fields);
  }
}
