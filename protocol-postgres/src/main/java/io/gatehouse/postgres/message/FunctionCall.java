package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function by its OID, without SQL.
 *
 * @param function the function's OID, unsigned
 * @param argumentFormats none: all text; one: for all; or one each
 * @param arguments null is NULL
 * @param resultFormat 0 text, 1 binary
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record FunctionCall(
    int function, int[] argumentFormats, List<byte @Nullable []> arguments, int resultFormat)
    implements FrontendMessage {

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public FunctionCall(
      int function, int[] argumentFormats, List<byte @Nullable []> arguments, int resultFormat) {
    Fields.checkCount16(argumentFormats.length);
    this.function = function;
    this.argumentFormats = argumentFormats;
    this.arguments = Fields.copyOfValues(arguments);
    this.resultFormat = resultFormat;
  }

  static FunctionCall decode(ByteBuf body) {
    FunctionCall message =
        new FunctionCall(
            Fields.int32(body), Fields.int16s(body), Fields.values(body), Fields.int16(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.FUNCTION_CALL;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(function);
    Fields.writeInt16s(out, argumentFormats);
    Fields.writeValues(out, arguments);
    out.writeShort(resultFormat);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FunctionCall that
        && function == that.function
        && Arrays.equals(argumentFormats, that.argumentFormats)
        && Bodies.sameValues(arguments, that.arguments)
        && resultFormat == that.resultFormat;
  }

  @Override
  public int hashCode() {
    return 31 * function + Bodies.hashValues(arguments);
  }

  @Override
  public String toString() {
    return "FunctionCall["
        + Integer.toUnsignedString(function)
        + ", "
        + arguments.size()
        + " arguments]";
  }
}
