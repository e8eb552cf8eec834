package io.gatehouse.spi.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.FieldMask;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** How one column's fields are masked, whatever carries them. Owned by the session's event loop. */
public final class FieldMasking {
  private final int column;
  private final ValueCodec codec;
  private final boolean binary;
  private final FieldMask mask;

  /**
   * @param column its place, from 0, for errors
   * @param codec of its type
   * @param binary whether its fields have the type's binary form
   */
  public FieldMasking(int column, ValueCodec codec, boolean binary, FieldMask mask) {
    this.column = column;
    this.codec = codec;
    this.binary = binary;
    this.mask = mask;
  }

  /** What a field that is not NULL means. */
  public Value value(ByteBuf field) {
    return codec.decode(field, binary);
  }

  public Value masked(Value original) {
    @Nullable Value masked;
    try {
      masked = mask.mask(original);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw unmaskable("its mask failed with " + e.getClass().getName());
    }
    if (masked == null) {
      throw unmaskable("its mask gave no answer");
    }
    return masked;
  }

  /**
   * The very value, not an equal one: two forms on the wire can mean equal values, and which of the
   * two a row had would tell whether it had what the mask puts there.
   */
  @SuppressWarnings("ReferenceEquality") // see above
  public static boolean same(Value masked, Value original) {
    return masked == original;
  }

  /** Appends the content of a field; not for NULL. */
  public void encode(Value masked, ByteBuf out) {
    try {
      codec.encode(masked, binary, out);
    } catch (ValueCodec.Unencodable e) {
      throw unmaskable(e.getMessage());
    }
  }

  private Unmaskable unmaskable(@Nullable String why) {
    return new Unmaskable("column " + (column + 1) + " could not be masked: " + why);
  }
}
