package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;

/**
 * A Bind message where it lies: positions are parsed, values are decoded when asked for, nothing is
 * copied. Flyweight: wrapped again for each message, owned by the session's event loop. Readable as
 * long as the body is; never moves the body's indices and never releases it.
 */
public final class BindView implements Binds {
  private static final int[] UNDECLARED = new int[0];

  private final NameView portal = new NameView();
  private final NameView statement = new NameView();
  private final FieldPositions parameters = new FieldPositions();
  private int[] declaredTypes = UNDECLARED;
  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private int resultFormats;
  private int resultFormatCount;

  /**
   * Validates the whole body; nothing asked afterwards can fail for the body's sake.
   *
   * @param bindBody exactly the body, without the header
   * @param types OIDs that the statement declared, or that the server described; kept, not copied
   * @throws ProtocolException if it is no Bind; then this view is empty
   */
  public void wrap(ByteBuf bindBody, int[] types) {
    clear();
    try {
      parse(bindBody);
    } catch (ProtocolException e) {
      clear();
      throw e;
    }
    declaredTypes = types;
  }

  private void parse(ByteBuf bindBody) {
    int end = bindBody.writerIndex();
    int position = portal.wrap(bindBody, bindBody.readerIndex());
    position = statement.wrap(bindBody, position);
    position = parameters.wrap(bindBody, position);
    int formats = FieldPositions.count(bindBody, position, end, 2);
    if (position + 2 + 2 * formats != end) {
      throw new ProtocolException("message goes on after its last field");
    }
    body = bindBody;
    resultFormats = position + 2;
    resultFormatCount = formats;
  }

  /** Lets go of the body. The names stay readable. */
  public void clear() {
    parameters.clear();
    body = Unpooled.EMPTY_BUFFER;
    resultFormatCount = 0;
    declaredTypes = UNDECLARED;
  }

  /** The portal to make, empty for the unnamed. */
  public String portal() {
    return portal.name();
  }

  /** The statement to bind, empty for the unnamed. */
  public String statement() {
    return statement.name();
  }

  /** How many format codes came: none is text, one is for all columns, else one each. */
  public int resultFormatCount() {
    return resultFormatCount;
  }

  /** The format asked for a column: 0 text, 1 binary, as sent. */
  public int resultFormat(int column) {
    if (resultFormatCount == 0) {
      return 0;
    }
    if (resultFormatCount == 1) {
      return body.getShort(resultFormats);
    }
    Objects.checkIndex(column, resultFormatCount);
    return body.getShort(resultFormats + 2 * column);
  }

  @Override
  public int count() {
    return parameters.count();
  }

  @Override
  public int declaredTypes() {
    return Math.min(declaredTypes.length, count());
  }

  @Override
  public String type(int index) {
    return TypeNumbers.spelt(typeOid(index));
  }

  @Override
  public boolean binary(int index) {
    return parameters.binary(index);
  }

  @Override
  public Value value(int index) {
    return parameters.value(index, typeOid(index));
  }

  @Override
  public void raw(int index, Raw to) {
    parameters.raw(index, to);
  }

  private int typeOid(int index) {
    Objects.checkIndex(index, count());
    return index < declaredTypes.length ? declaredTypes[index] : 0;
  }
}
