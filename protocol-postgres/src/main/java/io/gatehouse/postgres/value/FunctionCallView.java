package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Objects;

/**
 * A FunctionCall message where it lies. Flyweight with the same life as {@link BindView}. The
 * message does not say the types of its arguments: they are "0" and the values opaque.
 */
public final class FunctionCallView implements Binds {
  private final FieldPositions arguments = new FieldPositions();
  private int function;
  private int resultFormat;

  /**
   * Validates the whole body; nothing asked afterwards can fail for the body's sake.
   *
   * @param callBody exactly the body, without the header
   * @throws ProtocolException if it is no FunctionCall; then this view is empty
   */
  public void wrap(ByteBuf callBody) {
    clear();
    try {
      parse(callBody);
    } catch (ProtocolException e) {
      clear();
      throw e;
    }
  }

  private void parse(ByteBuf callBody) {
    int start = callBody.readerIndex();
    int end = callBody.writerIndex();
    FieldPositions.need(start, end, 4);
    int position = arguments.wrap(callBody, start + 4);
    FieldPositions.need(position, end, 2);
    if (position + 2 != end) {
      throw new ProtocolException("message goes on after its last field");
    }
    function = callBody.getInt(start);
    resultFormat = callBody.getShort(position);
  }

  /** Lets go of the body. */
  public void clear() {
    arguments.clear();
    function = 0;
    resultFormat = 0;
  }

  /** The function's OID, unsigned. */
  public long function() {
    return Integer.toUnsignedLong(function);
  }

  /** 0 text, 1 binary, as sent. */
  public int resultFormat() {
    return resultFormat;
  }

  @Override
  public int count() {
    return arguments.count();
  }

  @Override
  public int declaredTypes() {
    return 0;
  }

  @Override
  public String type(int index) {
    Objects.checkIndex(index, count());
    return "0";
  }

  @Override
  public boolean binary(int index) {
    return arguments.binary(index);
  }

  @Override
  public Value value(int index) {
    return arguments.value(index, 0);
  }

  @Override
  public void raw(int index, Raw to) {
    arguments.raw(index, to);
  }
}
