package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a mechanism and opens its exchange.
 *
 * @param mechanism the one the client chose
 * @param data the mechanism's first message, null if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record SASLInitialResponse(String mechanism, byte @Nullable [] data)
    implements FrontendMessage {

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public SASLInitialResponse(String mechanism, byte @Nullable [] data) {
    this.mechanism = Bodies.checkTerminated(mechanism);
    this.data = data;
  }

  public static SASLInitialResponse decode(ByteBuf body) {
    SASLInitialResponse message = new SASLInitialResponse(Fields.string(body), Fields.value(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.AUTHENTICATION_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeString(out, mechanism);
    Fields.writeValue(out, data);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SASLInitialResponse that
        && mechanism.equals(that.mechanism)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * mechanism.hashCode() + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "SASLInitialResponse[" + mechanism + ", " + (data == null ? 0 : data.length) + " bytes]";
  }
}
