package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements to run.
 *
 * @param attributes what the client says of the query; none unless QUERY_ATTRIBUTES is spoken
 * @param text in the session's character set
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ComQuery(List<Parameter> attributes, byte[] text) implements Command {

  /** Type and name. */
  private static final int LEAST_ATTRIBUTE_BYTES = 3;

  private static final int ONE = 1;

  public ComQuery {
    attributes = List.copyOf(attributes);
  }

  @Override
  public CommandType type() {
    return CommandType.COM_QUERY;
  }

  static ComQuery decodeBody(ByteBuf body, Capabilities spoken) {
    List<Parameter> attributes =
        spoken.has(Capability.QUERY_ATTRIBUTES) ? attributes(body) : List.of();
    return new ComQuery(attributes, Bodies.rest(body));
  }

  private static List<Parameter> attributes(ByteBuf body) {
    int count = Math.clamp(Fields.lenenc(body), -1, Integer.MAX_VALUE);
    if (Fields.lenenc(body) != ONE) {
      throw new ProtocolException("a query has one set of attributes");
    }
    if (count < 0 || count > body.readableBytes() / LEAST_ATTRIBUTE_BYTES) {
      throw new ProtocolException("message announces more items than it holds");
    }
    if (count == 0) {
      return List.of();
    }
    BitSet nulls = NullBits.read(body, count, 0);
    Fields.expect(body, ONE, "the types of a query's attributes");
    return Parameters.readValues(body, Parameters.readTypes(body, count, true), nulls);
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code());
    if (spoken.has(Capability.QUERY_ATTRIBUTES)) {
      Fields.writeLenenc(out, attributes.size());
      Fields.writeLenenc(out, ONE);
      if (!attributes.isEmpty()) {
        NullBits.write(out, Parameters.nulls(attributes), attributes.size(), 0);
        out.writeByte(ONE);
        Parameters.writeTypes(out, attributes, true);
        Parameters.writeValues(out, attributes);
      }
    }
    out.writeBytes(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComQuery that
        && attributes.equals(that.attributes)
        && Arrays.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return 31 * attributes.hashCode() + Arrays.hashCode(text);
  }

  @Override
  public String toString() {
    return "ComQuery[" + attributes.size() + " attributes, " + text.length + " bytes]";
  }
}
