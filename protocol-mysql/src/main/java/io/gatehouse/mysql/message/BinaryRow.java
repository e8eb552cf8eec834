package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a prepared statement; null is NULL.
 *
 * @param types of {@link ColumnType}, which the row itself does not say
 * @param values without the length that stands before some of them
 */
public record BinaryRow(List<Integer> types, List<byte @Nullable []> values)
    implements BackendMessage {

  static final int HEADER = 0x00;

  /** Bits before the first column's. */
  private static final int NULL_OFFSET = 2;

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public BinaryRow(List<Integer> types, List<byte @Nullable []> values) {
    if (types.size() != values.size()) {
      throw new ProtocolException("a row has as many values as columns");
    }
    this.types = List.copyOf(types);
    this.values = Bodies.copyOfValues(values);
  }

  public static BinaryRow decode(ByteBuf body, List<Integer> types) {
    Fields.expect(body, HEADER, "a row");
    BitSet nulls = NullBits.read(body, types.size(), NULL_OFFSET);
    List<byte @Nullable []> values = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      values.add(nulls.get(i) ? null : BinaryValue.read(body, types.get(i)));
    }
    Bodies.end(body);
    return new BinaryRow(types, values);
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(HEADER);
    BitSet nulls = new BitSet();
    for (int i = 0; i < values.size(); i++) {
      nulls.set(i, values.get(i) == null);
    }
    NullBits.write(out, nulls, values.size(), NULL_OFFSET);
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i);
      if (value != null) {
        BinaryValue.write(out, types.get(i), value);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BinaryRow that
        && types.equals(that.types)
        && Bodies.sameValues(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * types.hashCode() + Bodies.hashValues(values);
  }

  @Override
  public String toString() {
    return "BinaryRow[" + values.size() + " values]";
  }
}
