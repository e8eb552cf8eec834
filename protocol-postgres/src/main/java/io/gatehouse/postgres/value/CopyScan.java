package io.gatehouse.postgres.value;

import io.netty.buffer.ByteBuf;

/** Goes over COPY data, whose rows may begin and end anywhere in a message. */
interface CopyScan {

  /** Appends what is to be left of some data. */
  void scan(ByteBuf content, ByteBuf out);

  boolean atRowEnd();
}
