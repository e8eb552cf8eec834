package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Which texts no value of a type has, whatever the session's settings, so that a field of COPY data
 * with such a text can only be NULL.
 */
final class NullTexts {
  /** Every shorter text of the types whose codecs are asked is one that they read. */
  private static final int LONGEST = 40;

  private NullTexts() {}

  /** Whether it is certain that no value is written so. */
  static boolean never(byte[] text, int typeOid) {
    if (text.length > LONGEST) {
      return false;
    }
    String ascii = new String(text, StandardCharsets.US_ASCII);
    return switch (typeOid) {
      case TypeOid.BOOL,
          TypeOid.INT2,
          TypeOid.INT4,
          TypeOid.INT8,
          TypeOid.OID,
          TypeOid.NUMERIC,
          TypeOid.FLOAT4,
          TypeOid.FLOAT8,
          TypeOid.UUID,
          TypeOid.INET,
          TypeOid.CIDR,
          TypeOid.MACADDR ->
          ascii.isBlank()
              || ValueCodecs.of(typeOid).decode(Unpooled.wrappedBuffer(text), false)
                  instanceof Value.Opaque;
      case TypeOid.DATE,
          TypeOid.TIMESTAMP,
          TypeOid.TIMESTAMPTZ,
          TypeOid.TIME,
          TypeOid.TIMETZ,
          TypeOid.INTERVAL ->
          // in every style all others have digits
          !ascii.endsWith("infinity") && ascii.chars().noneMatch(c -> c >= '0' && c <= '9');
      case TypeOid.JSON, TypeOid.JSONB -> text.length == 0;
      default -> ArrayCodec.elementOf(typeOid) != null && !ascii.matches("(?s)[\\[{].*");
    };
  }
}
