package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a {@link FunctionCall} returned; null is NULL. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record FunctionCallResponse(byte @Nullable [] value) implements BackendMessage {

  static FunctionCallResponse decode(ByteBuf body) {
    FunctionCallResponse message = new FunctionCallResponse(Fields.value(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return BackendType.FUNCTION_CALL_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeValue(out, value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FunctionCallResponse that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "FunctionCallResponse[" + (value == null ? 0 : value.length) + " bytes]";
  }
}
