package io.gatehouse.postgres.message;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A command, or the session, failed.
 *
 * @param fields by type as in "Error and Notice Message Fields", in the sender's order
 */
public record ErrorResponse(Map<Character, String> fields) implements BackendMessage {

  public ErrorResponse {
    fields = NoticeFields.checked(fields);
  }

  /** The fields without which clients crash; severity is ERROR, FATAL or PANIC. */
  public static ErrorResponse of(String severity, String sqlState, String message) {
    return new ErrorResponse(NoticeFields.of(severity, sqlState, message));
  }

  static ErrorResponse decode(ByteBuf body) {
    return new ErrorResponse(NoticeFields.decode(body));
  }

  /** Never translated if the server knows the field V (since 9.6); empty if it gave none. */
  public String severity() {
    String severity = fields.get('V');
    return severity != null ? severity : fields.getOrDefault('S', "");
  }

  /** Empty if the server gave none. */
  public String sqlState() {
    return fields.getOrDefault('C', "");
  }

  /** Empty if the server gave none. */
  public String message() {
    return fields.getOrDefault('M', "");
  }

  /** The same with one field put or replaced. */
  public ErrorResponse with(char type, String value) {
    Map<Character, String> changed = new LinkedHashMap<>(fields);
    changed.put(type, value);
    return new ErrorResponse(changed);
  }

  @Override
  public byte type() {
    return BackendType.ERROR_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    NoticeFields.encode(out, fields);
  }
}
