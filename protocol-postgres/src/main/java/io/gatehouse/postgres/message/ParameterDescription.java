package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The OIDs of a statement's parameters. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ParameterDescription(int[] types) implements BackendMessage {

  public ParameterDescription {
    Fields.checkCount16(types.length);
  }

  static ParameterDescription decode(ByteBuf body) {
    ParameterDescription message = new ParameterDescription(Fields.int32s(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return BackendType.PARAMETER_DESCRIPTION;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeInt32s(out, types);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ParameterDescription that && Arrays.equals(types, that.types);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(types);
  }

  @Override
  public String toString() {
    return "ParameterDescription" + Arrays.toString(types);
  }
}
