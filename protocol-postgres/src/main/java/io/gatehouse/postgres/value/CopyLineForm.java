package io.gatehouse.postgres.value;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * How a field of text or CSV is written. Every byte that means something is ASCII and part of no
 * other character of UTF-8.
 */
interface CopyLineForm {

  /** Whether a byte ends a field; to be asked of each, in order. */
  boolean ends(byte next);

  /**
   * The bytes that a field stands for; null for NULL.
   *
   * @throws CopyRewriter.Unreadable if the server would not write such a field
   */
  byte @Nullable [] read(HeldField field, int column);

  /** Appends the field that stands for these bytes. */
  void write(byte[] content, int column, ByteBuf out);

  void writeNull(ByteBuf out);
}
