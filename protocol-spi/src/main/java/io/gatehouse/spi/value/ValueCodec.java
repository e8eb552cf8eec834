package io.gatehouse.spi.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;

/** One type's wire form. Stateless and thread-safe. */
public interface ValueCodec {

  /**
   * Reads all readable bytes of a field that is not NULL. Total: what is no well-formed value of
   * the type, or has a form that depends on the session's settings, comes as {@link Value.Opaque}.
   */
  Value decode(ByteBuf field, boolean binary);

  /**
   * Appends the field's content, without its length. Nothing is written if it throws.
   *
   * @throws Unencodable if the type or the format cannot hold the value; NULL is the caller's
   */
  void encode(Value value, boolean binary, ByteBuf out);

  /** A value does not fit a type. Says which, and never the value. Without a stack trace. */
  final class Unencodable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unencodable(String message) {
      super(message, null, false, false);
    }
  }
}
