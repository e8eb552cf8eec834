package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives a prepared statement its values, and makes a portal of it.
 *
 * @param portal the one to make, empty for the unnamed
 * @param statement the one to bind, empty for the unnamed
 * @param parameterFormats none: all text; one: for all; or one each
 * @param parameters null is NULL
 * @param resultFormats none: all text; one: for all; or one each
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Bind(
    String portal,
    String statement,
    int[] parameterFormats,
    List<byte @Nullable []> parameters,
    int[] resultFormats)
    implements FrontendMessage {

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public Bind(
      String portal,
      String statement,
      int[] parameterFormats,
      List<byte @Nullable []> parameters,
      int[] resultFormats) {
    Fields.checkCount16(parameterFormats.length);
    Fields.checkCount16(resultFormats.length);
    this.portal = Bodies.checkTerminated(portal);
    this.statement = Bodies.checkTerminated(statement);
    this.parameterFormats = parameterFormats;
    this.parameters = Fields.copyOfValues(parameters);
    this.resultFormats = resultFormats;
  }

  static Bind decode(ByteBuf body) {
    Bind message =
        new Bind(
            Fields.string(body),
            Fields.string(body),
            Fields.int16s(body),
            Fields.values(body),
            Fields.int16s(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.BIND;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeString(out, portal);
    Fields.writeString(out, statement);
    Fields.writeInt16s(out, parameterFormats);
    Fields.writeValues(out, parameters);
    Fields.writeInt16s(out, resultFormats);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bind that
        && portal.equals(that.portal)
        && statement.equals(that.statement)
        && Arrays.equals(parameterFormats, that.parameterFormats)
        && Bodies.sameValues(parameters, that.parameters)
        && Arrays.equals(resultFormats, that.resultFormats);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(portal, statement) + Bodies.hashValues(parameters);
  }

  @Override
  public String toString() {
    return "Bind[" + portal + ", " + statement + ", " + parameters.size() + " parameters]";
  }
}
