package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.BitSet;
import java.util.List;

/**
 * The values of a {@link ComStmtExecute}.
 *
 * @param typed whether their types came with them; if not, those of the execution before hold
 * @param nulls as the client marked them: a value sent as long data is neither here nor NULL
 */
public record BoundValues(boolean typed, BitSet nulls, List<Parameter> values) {

  /** No parameters, and nothing said of them. */
  public static final BoundValues NONE = new BoundValues(false, new BitSet(), List.of());

  /**
   * What the session knows of the statement.
   *
   * @param parameters as the server counted them
   * @param types of the execution before, none if there was none
   * @param longData the parameters that came by {@link ComStmtSendLongData} since then
   */
  public record Known(int parameters, List<Parameter.Type> types, BitSet longData) {
    public Known {
      types = List.copyOf(types);
      longData = (BitSet) longData.clone();
    }
  }

  public BoundValues {
    nulls = (BitSet) nulls.clone();
    values = List.copyOf(values);
  }

  /** Whatever the statement has and the client adds of its own, named. */
  public static BoundValues decode(ComStmtExecute execute, Known known, Capabilities spoken) {
    ByteBuf body = Unpooled.wrappedBuffer(execute.bound());
    int count = counted(execute, spoken) ? Fields.count(body, 0) : known.parameters();
    if (count < known.parameters()) {
      throw new ProtocolException("fewer values than the statement has parameters");
    }
    if (count == 0) {
      Bodies.end(body);
      return NONE;
    }
    Bodies.need(body, count / Byte.SIZE);
    BitSet nulls = NullBits.read(body, count, 0);
    boolean typed = Fields.int8(body) == 1;
    List<Parameter.Type> types =
        typed
            ? Parameters.readTypes(body, count, spoken.has(Capability.QUERY_ATTRIBUTES))
            : known.types();
    if (types.size() != count) {
      throw new ProtocolException("values without the types that they have");
    }
    BitSet absent = (BitSet) nulls.clone();
    absent.or(known.longData());
    BoundValues bound = new BoundValues(typed, nulls, Parameters.readValues(body, types, absent));
    Bodies.end(body);
    return bound;
  }

  private static boolean counted(ComStmtExecute execute, Capabilities spoken) {
    return spoken.has(Capability.QUERY_ATTRIBUTES)
        && (execute.flags() & ComStmtExecute.PARAMETER_COUNT_AVAILABLE) != 0;
  }

  /** As {@link ComStmtExecute#bound} has it. */
  public byte[] encode(ComStmtExecute execute, Capabilities spoken) {
    ByteBuf out = Unpooled.buffer();
    if (counted(execute, spoken)) {
      Fields.writeLenenc(out, values.size());
    }
    if (!values.isEmpty()) {
      NullBits.write(out, nulls, values.size(), 0);
      out.writeBoolean(typed);
      if (typed) {
        Parameters.writeTypes(out, values, spoken.has(Capability.QUERY_ATTRIBUTES));
      }
      Parameters.writeValues(out, values);
    }
    return Bodies.rest(out);
  }

  /** The types for the execution after this one. */
  public List<Parameter.Type> types() {
    return values.stream().map(Parameter::type).toList();
  }
}
