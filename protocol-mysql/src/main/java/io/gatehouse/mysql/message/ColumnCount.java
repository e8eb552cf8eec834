package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/** Rows follow; first this many {@link ColumnDefinition41}. */
public record ColumnCount(int columns) implements BackendMessage {

  /** MySQL's own bound: MAX_FIELDS. */
  public static final int MOST = 4_096;

  public ColumnCount {
    if (columns < 1 || columns > MOST) {
      throw new ProtocolException("a result of no columns, or of too many");
    }
  }

  public static ColumnCount decode(ByteBuf body) {
    long count = Fields.lenenc(body);
    Bodies.end(body);
    return new ColumnCount(Math.clamp(count, 0, Integer.MAX_VALUE));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    Fields.writeLenenc(out, columns);
  }
}
