package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;

/** One type's wire form. Stateless and thread-safe. */
public interface ValueCodec {

  /**
   * Reads all readable bytes of a value that is not NULL, without the length that may stand before
   * it. Total: what is no well-formed value of the type comes as {@link Value.Opaque}.
   */
  Value decode(ByteBuf field, boolean binary);

  /**
   * Appends the value's content, without a length. Nothing is written if it throws.
   *
   * @throws Unencodable if the type or the column cannot hold the value; NULL is the caller's
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
