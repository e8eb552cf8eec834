package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a statement.
 *
 * @param name the statement to make, empty for the unnamed
 * @param query one statement
 * @param parameterTypes OIDs, 0 where the server shall infer; may be fewer than the parameters
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Parse(String name, String query, int[] parameterTypes) implements FrontendMessage {

  public Parse {
    Bodies.checkTerminated(name);
    Bodies.checkTerminated(query);
    Fields.checkCount16(parameterTypes.length);
  }

  static Parse decode(ByteBuf body) {
    Parse message = new Parse(Fields.string(body), Fields.string(body), Fields.int32s(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.PARSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeString(out, name);
    Fields.writeString(out, query);
    Fields.writeInt32s(out, parameterTypes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Parse that
        && name.equals(that.name)
        && query.equals(that.query)
        && Arrays.equals(parameterTypes, that.parameterTypes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, query);
  }

  @Override
  public String toString() {
    return "Parse[" + name + ", " + query + ", " + Arrays.toString(parameterTypes) + "]";
  }
}
