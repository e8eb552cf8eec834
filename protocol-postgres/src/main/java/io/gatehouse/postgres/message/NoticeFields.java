package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The list that {@link ErrorResponse} and {@link NoticeResponse} are made of. */
final class NoticeFields {
  private NoticeFields() {}

  static Map<Character, String> decode(ByteBuf body) {
    Map<Character, String> fields = new LinkedHashMap<>();
    for (byte type = Fields.int8(body); type != 0; type = Fields.int8(body)) {
      if (fields.put((char) (type & 0xFF), Fields.lenientString(body)) != null) {
        throw new ProtocolException("an error or notice gives a field twice");
      }
    }
    Bodies.end(body);
    return fields;
  }

  static Map<Character, String> checked(Map<Character, String> fields) {
    fields.forEach(
        (type, value) -> {
          if (type == 0 || type > 0xFF) {
            throw new ProtocolException("the type of an error's field is one byte, not zero");
          }
          Bodies.checkTerminated(value);
        });
    return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  static Map<Character, String> of(String severity, String sqlState, String message) {
    Map<Character, String> fields = new LinkedHashMap<>();
    fields.put('S', severity);
    fields.put('V', severity);
    fields.put('C', sqlState);
    fields.put('M', message);
    return fields;
  }

  static void encode(ByteBuf out, Map<Character, String> fields) {
    fields.forEach(
        (type, value) -> {
          out.writeByte(type);
          Fields.writeString(out, value);
        });
    out.writeByte(0);
  }
}
